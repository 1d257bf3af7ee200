package dev.holdfast.core.model.coldstart;

import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.state.ClusterState;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * One moment of the model.
 *
 * @param machines a, b and c
 * @param state what the decision maker knows
 * @param open orders not carried out so far
 * @param newest version that the guest wrote last, wherever
 * @param outage what the judge remembers of the last time when no machine had power
 * @param wrong what must not be; null if all is well
 */
record World(
        int round, List<Machine> machines, ClusterState state, List<GuestEvent.GuestOrder> open, int newest,
        Outage outage, String wrong) {

    /**
     * What happened since no machine had power.
     *
     * @param firstBack round of the first return; -1 if there was none
     * @param majorityBack round in which more than half had beaten; -1 if they have not
     * @param beaten machines that have beaten since
     */
    record Outage(int firstBack, int majorityBack, List<String> beaten) {

        static final Outage BEGUN = new Outage(-1, -1, List.of());
    }

    /** Without most of the decision maker's state, which is large and seldom differs where the rest does not. */
    @Override
    public int hashCode() {
        return Objects.hash(round, machines, outage, open.size(), state.nextOffset(), state.decisions());
    }

    Machine machine(String name) {
        return machines.stream().filter(machine -> machine.name().equals(name)).findFirst().orElseThrow();
    }

    long up() {
        return machines.stream().filter(Machine::up).count();
    }

    World with(Machine next) {
        List<Machine> changed = machines.stream()
                .map(machine -> machine.name().equals(next.name()) ? next : machine)
                .toList();
        return new World(round, changed, state, open, newest, outage, wrong);
    }

    World with(ClusterState next, List<GuestEvent.GuestOrder> orders) {
        return new World(round, machines, next, orders, newest, outage, wrong);
    }

    World with(Outage next) {
        return new World(round, machines, state, open, newest, next, wrong);
    }

    World withWrong(String what) {
        return wrong != null || what == null
                ? this
                : new World(round, machines, state, open, newest, outage, what);
    }

    World withNewest(int version) {
        return new World(round, machines, state, open, version, outage, wrong);
    }

    World nextRound(UnaryOperator<Machine> each) {
        return new World(round + 1, machines.stream().map(each).toList(), state, open, newest, outage, wrong);
    }
}
