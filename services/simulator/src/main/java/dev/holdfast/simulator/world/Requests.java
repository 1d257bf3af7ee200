package dev.holdfast.simulator.world;

import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.decide.Departure;
import dev.holdfast.core.message.OperatorCommand;
import dev.holdfast.core.message.OperatorCommand.Request;
import dev.holdfast.core.node.ShutdownPolicy;
import dev.holdfast.core.node.NonVoter;
import dev.holdfast.core.node.Timing;
import dev.holdfast.core.node.TimingRule;
import java.time.Instant;
import java.util.List;

/** What people ask for, at moments that could hardly be worse. */
final class Requests {

    private final World world;
    private final List<String> guests;
    private int commands;

    Requests(World world, List<String> guests) {
        this.world = world;
        this.guests = guests;
    }

    /** Somebody asks for something. */
    void command(Chance chance, Machine machine) {
        String guest = chance.of(guests);
        switch (chance.below(22)) {
            case 0, 1, 2 -> ask(new OperatorCommand.Switchover(guest, chance.oneIn(2) ? machine.name : null));
            case 3 -> ask(new OperatorCommand.RequestStop(guest));
            case 4, 5 -> ask(new OperatorCommand.RequestStart(guest));
            case 6, 7 -> ask(new OperatorCommand.ClearGuest(guest));
            case 8 -> ask(new OperatorCommand.AcceptLoss(guest));
            case 9 -> ask(new OperatorCommand.DrainNode(machine.name));
            case 10 -> ask(new OperatorCommand.RequestDisable(guest));
            case 11 -> ask(new OperatorCommand.RequestIgnore(guest));
            case 12 -> ask(new OperatorCommand.BeginMaintenance(machine.name));
            case 13 -> ask(new OperatorCommand.EndMaintenance(machine.name));
            case 14, 15 -> shutdown(chance, machine);
            case 16 -> {
                if (!machine.powered) {
                    ask(new OperatorCommand.ConfirmOff(machine.name));
                }
            }
            case 17 -> ask(new OperatorCommand.PauseReplication(guest));
            case 18, 19 -> ask(new OperatorCommand.ResumeReplication(guest));
            case 20 -> ask(new OperatorCommand.RequestReplication(guest));
            default -> {
                ask(new OperatorCommand.RemoveGuest(guest, chance.oneIn(3)));
                world.in(chance.millis(500, 5_000), () -> Beginning.declare(world, guest, chance));
            }
        }
    }

    /** Whoever shuts a node down does not always wait until nothing holds it, and may switch it off or forget about it. */
    private void shutdown(Chance chance, Machine machine) {
        boolean reboot = chance.oneIn(2);
        ask(new OperatorCommand.ShutdownNode(machine.name, chance.of(List.of(ShutdownPolicy.values())), reboot));
        long patience = chance.millis(0, 60_000);
        boolean off = !reboot && chance.oneIn(2);
        if (!chance.oneIn(4)) {
            stopOnceFree(machine, world.now() + patience, () -> world.in(chance.millis(1_000, 30_000), () -> {
                if (off) {
                    machine.powerOff();
                }
                world.in(chance.millis(1_000, 20_000), () -> {
                    machine.powerOn();
                    machine.start();
                });
            }));
        }
    }

    private void stopOnceFree(Machine machine, long deadline, Runnable then) {
        boolean held = !Departure.holding(world.committed(), machine.name).isEmpty();
        if (held && world.now() < deadline) {
            world.in(500 * Chance.MILLI, () -> stopOnceFree(machine, deadline, then));
            return;
        }
        if (machine.life != null) {
            machine.life.stop();
        }
        then.run();
    }

    /** Asks, and returns the id of the command. */
    String ask(Request request) {
        commands++;
        String id = "command-" + commands;
        world.note(() -> "somebody asks " + request);
        world.log.write(world.log.operator, request.target(), new OperatorCommand(
                id, "somebody", "simulated", Instant.EPOCH, request));
        return id;
    }

    /** Somebody changes the timing; some without looking at what is in force, some to what is not safe. Or the nodes. */
    void settings(Chance chance) {
        ClusterSettings now = world.settings();
        Machine other = world.machines.getLast();
        if (!now.voters().contains(other.name) && chance.oneIn(2)) {
            write(now.next(
                    now.nonVoter(other.name).isPresent()
                            ? List.of()
                            : List.of(new NonVoter(other.name, world.machines.size(), null)),
                    "simulator", "simulated"));
            return;
        }
        boolean hasty = chance.oneIn(6);
        Timing next = Setup.timing(chance);
        double rho = chance.oneIn(8) ? TimingRule.SMALLEST_RHO / 2 : world.rho();
        Timing timing = new Timing(
                next.profile(), next.beat(), next.lease(), next.wd(), next.feed(), next.margin(), rho);
        write(Setup.settings(now.version() + (hasty ? 0 : 1), now.voters(), now.nonVoters(), timing));
    }

    private void write(ClusterSettings made) {
        world.note(() -> "somebody asks for " + made.summary() + ", lease + wd " + made.timing().leaseAndWd());
        world.log.write(world.log.settings, "cluster", made);
    }
}
