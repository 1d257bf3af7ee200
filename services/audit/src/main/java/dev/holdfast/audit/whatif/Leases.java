package dev.holdfast.audit.whatif;

import dev.holdfast.audit.fold.Past;
import dev.holdfast.audit.whatif.Difference.Change;
import dev.holdfast.audit.whatif.Difference.Kind;
import dev.holdfast.core.event.NodeEvent;
import dev.holdfast.core.guest.DurationText;
import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.message.Lapsed;
import dev.holdfast.core.message.NodeMessage;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.state.NodeState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which leases would have been lost or kept. A beat tells which of its node's beats was the newest one acknowledged when
 * it was sent: if that one was sent longer ago than a lease, the lease was over by then (rule R3). What it quotes was read
 * before its clock, so one that came between the two is not known; a lease no shorter than the real one was held.
 */
final class Leases {

    private final SupposedWorld world;
    private final Map<String, Sent> sent = new HashMap<>();

    Leases(SupposedWorld world) {
        this.world = world;
    }

    /** When the beats of an incarnation were sent that are not known to be acknowledged, by its clock. */
    private static final class Sent {
        private final Incarnation incarnation;
        private final TreeMap<Long, Duration> bySeq = new TreeMap<>();
        /** How much longer its lease is supposed to be than it was: a beat knows settings later than the log does. */
        private Duration longer = Duration.ZERO;
        /** What is told of a lease that would be over, until a beat shows that it was renewed; null for none. */
        private Difference over;

        Sent(Incarnation incarnation) {
            this.incarnation = incarnation;
        }

        private Optional<Difference> close() {
            Optional<Difference> closed = Optional.ofNullable(over);
            over = null;
            return closed;
        }
    }

    /** What a turn shows, if anything. */
    Optional<Difference> take(Past.Turn turn) {
        boolean leftOut = turn.input().body() instanceof NodeMessage message && world.isLeftOut(message.node());
        if (turn.before().settings() == null || leftOut) {
            return Optional.empty();
        }
        return switch (turn.input().body()) {
            case Heartbeat beat when isHeard(turn, beat) -> beat(turn, beat);
            case Lapsed lapsed -> lapsed(turn);
            default -> Optional.empty();
        };
    }

    /** What was not over when the past ended. */
    List<Difference> rest() {
        return sent.values().stream().flatMap(known -> known.close().stream()).toList();
    }

    private static boolean isHeard(Past.Turn turn, Heartbeat beat) {
        NodeState node = turn.after().node(beat.node());
        return node.isCurrent(beat.incarnation()) && node.lastOffset() == turn.input().at().offset();
    }

    private Optional<Difference> beat(Past.Turn turn, Heartbeat beat) {
        Sent known = sent.get(beat.node());
        Optional<Difference> closed = Optional.empty();
        if (known == null || !known.incarnation.equals(beat.incarnation())) {
            closed = known == null ? closed : known.close();
            known = new Sent(beat.incarnation());
            sent.put(beat.node(), known);
        }
        long acked = Math.max(1, beat.ackedSeq());
        Duration granted = known.bySeq.get(acked);
        Duration lease = world.lease(turn.before(), beat);
        known.longer = lease.minus(beat.lease());
        known.bySeq.put(beat.seq(), beat.sentAt());
        known.bySeq.headMap(acked).clear();
        boolean held = granted == null
                || lease.compareTo(beat.lease()) >= 0
                || beat.sentAt().minus(granted).compareTo(lease) < 0;
        if (held) {
            return closed.isPresent() ? closed : known.close();
        }
        known.over = over(turn, beat, known.over, lease, beat.sentAt().minus(granted));
        return closed;
    }

    /** A lease that would be over, by the first beat that was sent after its end and the longest time without another. */
    private static Difference over(Past.Turn turn, Heartbeat beat, Difference before, Duration lease, Duration held) {
        Duration delta = lease.minus(held);
        if (before != null && before.delta().compareTo(delta) <= 0) {
            return before;
        }
        return new Difference(
                Kind.LEASE, beat.node(), beat.incarnation(), Change.ADDED, delta, null,
                before == null ? Moment.of(turn) : before.supposed(), new ArrayList<>(beat.running().keySet()),
                "its lease of " + DurationText.of(lease) + " would have ended: beat " + beat.seq() + " was sent "
                        + held.toMillis() + " ms after the newest that was acknowledged");
    }

    /** A lease that ended would have ended at another time, if at all. */
    private Optional<Difference> lapsed(Past.Turn turn) {
        return turn.decisions().stream()
                .map(decision -> decision.decision().event())
                .filter(NodeEvent.NodeLapsed.class::isInstance)
                .map(NodeEvent.NodeLapsed.class::cast)
                .filter(lapsed -> lapsed.reason() == Lapsed.Reason.LEASE_EXPIRED)
                .findFirst()
                .flatMap(lapsed -> Optional.ofNullable(sent.get(lapsed.node()))
                        .filter(known -> known.incarnation.equals(lapsed.incarnation()))
                        .map(known -> ended(turn, lapsed, known)));
    }

    private static Difference ended(Past.Turn turn, NodeEvent.NodeLapsed lapsed, Sent known) {
        Duration delta = known.longer;
        List<String> guests = new ArrayList<>(turn.before().node(lapsed.node()).running().keySet());
        return new Difference(
                Kind.LEASE, lapsed.node(), lapsed.incarnation(), Difference.of(delta), delta, Moment.of(turn), null, guests,
                "its lease ended" + (delta.isPositive()
                        ? "; by a longer one it would have had until then for an acknowledgement to come" : ""));
    }
}
