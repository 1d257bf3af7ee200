package dev.holdfast.simulator.world;

import dev.holdfast.core.message.OperatorCommand;
import dev.holdfast.core.state.Liveness;
import dev.holdfast.core.state.NodeState;
import dev.holdfast.simulator.fault.Fault;

/** A machine is lost. Somebody confirms it, and asks that another one take its place, until that is so or refused. */
final class Replacement {

    private static final long BETWEEN_LOOKS = 300 * Chance.MILLI;

    private final World world;
    private final Requests requests;
    private final Machine machine;
    private String other;
    private String asked;
    private boolean confirms;

    Replacement(World world, Requests requests, Machine machine) {
        this.world = world;
        this.requests = requests;
        this.machine = machine;
    }

    void begin(Chance chance) {
        other = machine.nextId();
        confirms = chance.oneIn(2);
        machine.powerOff();
        machine.lost = true;
        world.in(chance.millis(200, 10_000), this::look);
    }

    private void look() {
        NodeState node = world.committed().node(machine.name);
        boolean isOther = node.replaced() != null && node.replaced().machine().equals(other);
        boolean isRefused = asked != null && world.committed().answered().contains(asked) && !isOther;
        if (isOther) {
            world.struck(Fault.REPLACED);
            machine.replacedBy(other);
            machine.powerOn();
            return;
        }
        if (isRefused || node.liveness() == Liveness.ABSENT) {
            // It can be repaired after all.
            machine.lost = false;
            machine.powerOn();
            return;
        }
        if (node.liveness() == Liveness.FENCED && asked == null) {
            asked = requests.ask(new OperatorCommand.ReplaceNode(machine.name, other));
        } else if (node.liveness() != Liveness.LIVE && node.liveness() != Liveness.FENCED && confirms) {
            confirms = false;
            requests.ask(new OperatorCommand.ConfirmOff(machine.name));
        }
        world.in(BETWEEN_LOOKS, this::look);
    }
}
