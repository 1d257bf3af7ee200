package dev.holdfast.audit.receipt;

import dev.holdfast.audit.receipt.Receipt.Asked;
import dev.holdfast.audit.receipt.Receipt.Kind;
import dev.holdfast.audit.receipt.Receipt.Loss;
import dev.holdfast.audit.receipt.Receipt.Phase;
import dev.holdfast.audit.receipt.Receipt.Proof;
import dev.holdfast.audit.receipt.Receipt.Step;
import dev.holdfast.core.event.Event;
import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.event.GuestEvent.Ending;
import dev.holdfast.core.event.GuestEvent.GuestRecovered;
import dev.holdfast.core.event.GuestEvent.PromotionCompleted;
import dev.holdfast.core.event.GuestEvent.RunnerDischarged;
import dev.holdfast.core.event.NodeEvent.NodeFenced;
import dev.holdfast.core.event.NodeEvent.NodeSuspected;
import dev.holdfast.core.event.Rule;
import dev.holdfast.core.message.Snapshot;
import dev.holdfast.core.node.Runner;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.GuestState;
import dev.holdfast.core.state.NodeState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** An outage while it lasts. */
final class OpenOutage {

    private final String guest;
    private final Runner from;
    private final Instant lastBeat;
    private final Instant noticedAt;
    private final Line moved;
    private final Asked movedBy;
    private final Asked pulledBy;
    private final boolean whole;
    private final List<Line> lines = new ArrayList<>();
    private final Map<Step, Phase> phases = new EnumMap<>(Step.class);
    private Line fence;
    private NodeState fenced;
    private Duration needed;
    private Line ended;
    private Line promoted;

    /**
     * @param from what ran the guest; null if that is not known
     * @param lastBeat when its node wrote its last beat; null if that is not known
     * @param moved the decision to move it; null if it is not to move
     * @param movedBy who asked for that; null if nobody did
     * @param pulledBy who announced that its node would lose its power; null if nobody did
     * @param whole whether the journal shows its beginning
     */
    OpenOutage(
            String guest, Runner from, Instant lastBeat, Instant noticedAt, Line moved, Asked movedBy, Asked pulledBy,
            boolean whole) {
        this.guest = guest;
        this.from = from;
        this.lastBeat = lastBeat;
        this.noticedAt = noticedAt;
        this.moved = moved;
        this.movedBy = movedBy;
        this.pulledBy = pulledBy;
        this.whole = whole;
        if (moved != null) {
            lines.add(moved);
        }
    }

    Runner from() {
        return from;
    }

    /** Takes a decision that concerns it. */
    void take(Line line, ClusterState before) {
        if (moved == null || line.entry() != moved.entry()) {
            lines.add(line);
        }
        Event event = line.decision().event();
        switch (event) {
            case NodeSuspected suspected when isFrom(suspected.node()) -> ends(Step.SUSPECTED, line);
            case NodeFenced node when isFrom(node.node()) && node.incarnation().equals(from.incarnation()) -> {
                fence = line;
                fenced = before.node(node.node());
                needed = fenced.silence().plus(before.settings().timing().margin());
                ends(Step.FENCED, line);
            }
            case RunnerDischarged discharged when ended == null -> {
                ended = line;
                if (discharged.ending() != Ending.LOST) {
                    ends(Step.STOPPED, line);
                } else if (fence == null) {
                    ends(Step.RULED_OUT, line);
                }
            }
            case GuestEvent.PromoteReplica order when fence == null && moved != null -> ends(Step.HANDED_OVER, line);
            case PromotionCompleted completed -> {
                promoted = line;
                ends(Step.PROMOTED, line);
            }
            case GuestEvent.StartConfirmed confirmed -> ends(Step.STARTED, line);
            default -> { }
        }
    }

    /**
     * It is over.
     *
     * @param runner what answers
     * @param taken when the snapshot promoted was taken; null if that is not known
     */
    Receipt over(ClusterState state, Runner runner, Instant taken) {
        Line recovered = lines.getLast();
        GuestRecovered event = (GuestRecovered) recovered.decision().event();
        ends(Step.ANSWERED, new Line(
                recovered.entry(), recovered.hash(), recovered.at(), event.outage(), recovered.decision()));
        return new Receipt(
                guest, kind(), from, runner, kind() == Kind.FAILOVER ? lastBeat : noticedAt, recovered, event.outage(),
                inOrder(), loss(state.guests().get(guest), event, taken), proof(), state.settings(), asked(), chain(),
                whole, null);
    }

    Snapshot snapshot() {
        return promoted == null ? null : ((PromotionCompleted) promoted.decision().event()).snapshot();
    }

    private boolean isFrom(String node) {
        return from != null && from.node().equals(node);
    }

    /** What is done twice, as a start that failed, counts when it was done at last. */
    private void ends(Step step, Line line) {
        phases.put(step, new Phase(step, line.after() == null ? Duration.ZERO : line.after(), line));
    }

    /** As they came: what led to nothing, as a promotion whose node was lost too, may stand before what led to something. */
    private List<Phase> inOrder() {
        return phases.values().stream().sorted(Comparator.comparing((Phase phase) -> phase.line().entry())).toList();
    }

    private Kind kind() {
        boolean lost = fence != null
                || ended != null && ((RunnerDischarged) ended.decision().event()).ending() == Ending.LOST;
        return lost ? Kind.FAILOVER : moved != null ? Kind.MOVE : Kind.RESTART;
    }

    private Asked asked() {
        return switch (kind()) {
            case FAILOVER -> pulledBy;
            case MOVE -> movedBy;
            case RESTART -> null;
        };
    }

    /** With the word by which its node lost its power. */
    private List<Line> chain() {
        List<Line> chain = new ArrayList<>(lines);
        if (kind() == Kind.FAILOVER && pulledBy != null) {
            chain.addFirst(pulledBy.answer());
        }
        return chain;
    }

    private Loss loss(GuestState state, GuestRecovered event, Instant taken) {
        return new Loss(
                event.dataLoss(), snapshot(), taken, state.spec().replication().interval(), state.spec().maxDataLoss());
    }

    /** A fence outweighs all; else what ended the runner, if that was no order of ours; else the order. */
    private Proof proof() {
        if (fence != null) {
            boolean bySilence = fence.decision().cause().rule() == Rule.R6_SILENCE;
            return new Proof(
                    fence.decision().cause().rule(), fence.decision().event().summary(),
                    bySilence ? fenced.lastOffset() : -1, bySilence ? needed : null,
                    fence.decision().cause().evidence());
        }
        Line line = kind() == Kind.MOVE ? moved : ended != null ? ended : lines.getFirst();
        return new Proof(line.decision().cause().rule(), line.decision().event().summary(), -1, null, List.of());
    }
}
