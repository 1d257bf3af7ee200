package dev.holdfast.audit.whatif;

import dev.holdfast.audit.fold.Past;
import dev.holdfast.audit.whatif.Difference.Change;
import dev.holdfast.audit.whatif.Difference.Kind;
import dev.holdfast.core.event.Decision;
import dev.holdfast.core.event.JournalEntry.JournalDecision;
import dev.holdfast.core.event.NodeEvent;
import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.GuestState;
import dev.holdfast.core.state.NodeState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * Folds a past beside what the decision maker would have seen under a supposition, and tells the differences. Each
 * silence is judged by itself: a node that would have been fenced and beats on is taken as it was recorded again, since
 * what became of it and its guests then was never recorded. For one run.
 */
public final class WhatIf {

    private static final int PROGRESS_EVERY = 10_000;

    private final SupposedWorld world;
    private final Leases leases;
    private final Instant from;
    private final Instant to;
    private final Map<Fenced, Half> halves = new LinkedHashMap<>();
    private final List<Difference> found = new ArrayList<>();

    /** An incarnation that is fenced in one of the two worlds at least. */
    private record Fenced(String node, Incarnation incarnation) {}

    /**
     * A fencing that has happened in one of the two worlds so far.
     *
     * @param guests that might have run there
     */
    private record Half(boolean recorded, Moment moment, List<String> guests, String proof) {}

    /**
     * @param from only what happened then or later, by the writers' wall clocks
     * @param to only what happened before
     */
    public WhatIf(Supposition supposition, Instant from, Instant to) {
        this.world = new SupposedWorld(supposition);
        this.leases = new Leases(world);
        this.from = from;
        this.to = to;
    }

    /**
     * Runs.
     *
     * @param progress is told the number of the entry reached, now and then
     * @return in the order in which it happened or would have
     * @throws IllegalArgumentException if a recorded timing leaves none to be supposed; with the rule
     * @throws Past.BrokenJournal if the journal cannot be folded any further
     */
    public List<Difference> run(Past past, LongConsumer progress) {
        boolean over = false;
        for (long turns = 1; !over && past.hasNext(); turns++) {
            Past.Turn turn = past.next();
            take(turn);
            over = turn.recordedAt().isAfter(to) && halves.isEmpty();
            if (turns % PROGRESS_EVERY == 0) {
                progress.accept(turn.entry());
            }
        }
        List.copyOf(halves.keySet()).forEach(fenced -> settle(fenced, null));
        leases.rest().forEach(this::add);
        return found.stream().sorted(Comparator.comparing(each -> each.moment().entry())).toList();
    }

    private void take(Past.Turn turn) {
        List<Decision> supposed = world.decide(turn);
        leases.take(turn).ifPresent(this::add);
        Map<Fenced, Half> recordedNow = fenced(
                turn, true, turn.decisions().stream().map(JournalDecision::decision).toList());
        Map<Fenced, Half> supposedNow = fenced(turn, false, supposed);
        recordedNow.forEach((fenced, half) -> meet(fenced, half, supposedNow.remove(fenced)));
        supposedNow.forEach((fenced, half) -> meet(fenced, half, null));
        List.copyOf(halves.keySet()).forEach(fenced -> settleIfHeard(turn, fenced));
    }

    private Map<Fenced, Half> fenced(Past.Turn turn, boolean recorded, List<Decision> decisions) {
        Map<Fenced, Half> fenced = new LinkedHashMap<>();
        for (Decision decision : decisions) {
            if (decision.event() instanceof NodeEvent.NodeFenced event && !world.isLeftOut(event.node())) {
                fenced.put(new Fenced(event.node(), event.incarnation()), new Half(
                        recorded, Moment.of(turn), guests(turn.before(), event.node()), event.proof()));
            }
        }
        return fenced;
    }

    private static List<String> guests(ClusterState state, String node) {
        return state.guests().values().stream()
                .filter(guest -> guest.mayRunOn(node))
                .map(GuestState::name)
                .toList();
    }

    /**
     * @param twin of the other world in the same turn; null if there is none
     */
    private void meet(Fenced fenced, Half half, Half twin) {
        Half before = twin != null ? twin : halves.remove(fenced);
        if (before == null) {
            // Beyond the end only what is still open is of interest.
            if (!half.moment().recordedAt().isAfter(to)) {
                halves.put(fenced, half);
            }
            return;
        }
        Half recorded = half.recorded() ? half : before;
        Half supposed = half.recorded() ? before : half;
        Duration delta = supposed.moment().since(recorded.moment());
        Change change = supposed.moment().entry() == recorded.moment().entry()
                ? Change.SAME
                : supposed.moment().entry() < recorded.moment().entry() ? Change.EARLIER : Change.LATER;
        add(new Difference(
                Kind.FENCING, fenced.node(), fenced.incarnation(), change, delta, recorded.moment(), supposed.moment(),
                recorded.guests(), supposed.proof()));
    }

    private void settleIfHeard(Past.Turn turn, Fenced fenced) {
        Half half = halves.get(fenced);
        NodeState other = half.recorded() ? world.node(fenced.node()) : turn.after().nodes().get(fenced.node());
        boolean succeeded = other != null && !fenced.incarnation().equals(other.incarnation());
        if (succeeded || other != null && isHeard(turn, fenced, other)) {
            settle(fenced, Moment.of(turn));
            if (!half.recorded()) {
                world.resume(turn.after(), turn.after().node(fenced.node()));
            }
        }
    }

    private static boolean isHeard(Past.Turn turn, Fenced fenced, NodeState other) {
        return turn.input().body() instanceof Heartbeat beat
                && beat.node().equals(fenced.node())
                && beat.incarnation().equals(fenced.incarnation())
                && other.lastOffset() == turn.input().at().offset();
    }

    /**
     * The other world will never fence it.
     *
     * @param heard when it was heard of in the other world; null if never
     */
    private void settle(Fenced fenced, Moment heard) {
        Half half = halves.remove(fenced);
        if (half.recorded()) {
            add(new Difference(
                    Kind.FENCING, fenced.node(), fenced.incarnation(), Change.AVOIDED,
                    heard == null ? null : heard.since(half.moment()), half.moment(), null, half.guests(),
                    heard == null ? "not proven up to the end of the journal" : "it was back before it was proven"));
        } else {
            add(new Difference(
                    Kind.FENCING, fenced.node(), fenced.incarnation(), Change.ADDED,
                    heard == null ? null : half.moment().since(heard), null, half.moment(), half.guests(), half.proof()));
        }
    }

    private void add(Difference difference) {
        Instant at = difference.moment().recordedAt();
        if (!at.isBefore(from) && at.isBefore(to)) {
            found.add(difference);
        }
    }
}
