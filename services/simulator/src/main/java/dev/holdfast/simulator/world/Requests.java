package dev.holdfast.simulator.world;

import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.message.OperatorCommand;
import dev.holdfast.core.message.OperatorCommand.Request;
import dev.holdfast.core.node.Timing;
import java.time.Instant;
import java.util.List;

/** What people ask for, at moments that could hardly be worse. */
final class Requests {

    private final World world;
    private final List<String> guests;
    private long settingsVersion = 1;
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

    /** Somebody changes the timing. */
    void settings(Chance chance) {
        settingsVersion++;
        Timing next = Setup.timing(chance);
        Timing same = new Timing(
                next.profile(), next.beat(), next.lease(), next.wd(), next.feed(), next.margin(), world.rho());
        ClusterSettings now = (ClusterSettings) world.log.settings.all().getLast().input().body();
        world.log.write(world.log.settings, "cluster", Setup.settings(settingsVersion, now.voters(), same));
    }
}
