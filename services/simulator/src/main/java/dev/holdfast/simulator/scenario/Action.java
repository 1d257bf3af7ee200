package dev.holdfast.simulator.scenario;

import dev.holdfast.core.guest.GuestSpec;
import dev.holdfast.core.message.OperatorCommand;
import dev.holdfast.core.node.PoolHealth;
import java.time.Duration;

/** Something that is done to a cluster. */
public sealed interface Action {

    /** An action on one node. */
    sealed interface OnNode extends Action {

        String node();
    }

    record PowerOn(String node) implements OnNode {}

    /** All of the machine is gone at once, its guests, its guard and its broker. */
    record PowerOff(String node) implements OnNode {}

    /** The node's services stand still as with SIGSTOP, and its broker with them; its guard does not. */
    record Freeze(String node) implements OnNode {}

    /** Frozen services go on, unless the guard has killed them meanwhile. */
    record Thaw(String node) implements OnNode {}

    /** Nothing gets from the node to the log, nor back. */
    record Cut(String node) implements OnNode {}

    record Heal(String node) implements OnNode {}

    /** The guard dies and its guests with it; the machine starts another one. */
    record KillGuard(String node) implements OnNode {}

    /** The services die where they stand and are started again; the guard notices. */
    record KillServices(String node) implements OnNode {}

    /** The services are stopped in an orderly way, and stay so: guests that still run there end first. */
    record Stop(String node) implements OnNode {}

    /** As the command {@code node stop}: its guests move away first, without loss, and then it is stopped. */
    record DrainAndStop(String node) implements OnNode {}

    /** Stopped services are started again. */
    record Start(String node) implements OnNode {}

    /** The node's decision maker can neither read nor commit, while the node's beats are acknowledged. */
    record StoreFails(String node) implements OnNode {}

    /** It can again. */
    record StoreWorks(String node) implements OnNode {}

    /** The node finds its pool so from now on. */
    record PoolIs(String node, PoolHealth health) implements OnNode {}

    /** Two nodes cannot replicate to each other. */
    record CutReplication(String one, String other) implements Action {}

    record HealReplication(String one, String other) implements Action {}

    /** The log takes and gives nothing for so long. */
    record StallLog(Duration time) implements Action {}

    /** The guest ends by itself, wherever it runs; nothing happens if it runs nowhere. */
    record Crash(String guest) implements Action {}

    /**
     * The next starts of the guest fail.
     *
     * @param onlyOn the node on which they do; null for all
     * @param count how many, from now on; 0 ends an earlier one
     */
    record FailStarts(String guest, String onlyOn, int count) implements Action {}

    /**
     * The next stops of the guest fail: it goes on running.
     *
     * @param count how many on each node, from now on; 0 ends an earlier one
     */
    record FailStops(String guest, int count) implements Action {}

    /** A guest is declared, or its specification changed, as by {@code guest add}. */
    record Declare(GuestSpec spec) implements Action {}

    /** An operator's command. It waits until the log takes it, as a person would. */
    record Ask(OperatorCommand.Request request) implements Action {}
}
