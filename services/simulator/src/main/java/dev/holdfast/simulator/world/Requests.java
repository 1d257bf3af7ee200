package dev.holdfast.simulator.world;

import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.message.OperatorCommand;
import dev.holdfast.core.message.OperatorCommand.Request;
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
        switch (chance.below(12)) {
            case 0, 1, 2 -> ask(new OperatorCommand.Switchover(guest, chance.oneIn(2) ? machine.name : null));
            case 3 -> ask(new OperatorCommand.RequestStop(guest));
            case 4, 5 -> ask(new OperatorCommand.RequestStart(guest));
            case 6, 7 -> ask(new OperatorCommand.ClearGuest(guest));
            case 8 -> ask(new OperatorCommand.AcceptLoss(guest));
            case 9 -> ask(new OperatorCommand.DrainNode(machine.name));
            case 10 -> {
                if (!machine.powered) {
                    ask(new OperatorCommand.ConfirmOff(machine.name));
                }
            }
            default -> {
                ask(new OperatorCommand.RemoveGuest(guest));
                world.in(chance.millis(500, 5_000), () -> Beginning.declare(world, guest, chance));
            }
        }
    }

    private void ask(Request request) {
        commands++;
        world.note(() -> "somebody asks " + request);
        world.log.write(world.log.operator, request.target(), new OperatorCommand(
                "command-" + commands, "somebody", "simulated", Instant.EPOCH, request));
    }

    /** Somebody changes the timing; some without looking at what is in force, some to what is not safe. */
    void settings(Chance chance) {
        ClusterSettings now = world.settings();
        boolean hasty = chance.oneIn(6);
        Timing next = Setup.timing(chance);
        double rho = chance.oneIn(8) ? TimingRule.SMALLEST_RHO / 2 : world.rho();
        Timing timing = new Timing(
                next.profile(), next.beat(), next.lease(), next.wd(), next.feed(), next.margin(), rho);
        ClusterSettings made = Setup.settings(now.version() + (hasty ? 0 : 1), now.voters(), timing);
        world.note(() -> "somebody asks for " + made.summary() + ", lease + wd " + timing.leaseAndWd());
        world.log.write(world.log.settings, "cluster", made);
    }
}
