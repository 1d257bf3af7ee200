package dev.holdfast.audit.receipt;

import dev.holdfast.core.event.Evidence;
import dev.holdfast.core.event.Rule;
import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.message.Snapshot;
import dev.holdfast.core.node.Runner;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * An outage of a guest from its beginning to the first answer, with everything that led from one to the other. Durations
 * are log time since the outage began; instants are wall clocks of whoever wrote the record, for people.
 *
 * @param from what ran the guest before; null if the journal does not reach back so far
 * @param to what runs it since
 * @param begunAt the last proof that it was well; null if the journal does not reach back so far
 * @param recovered the decision that ended it
 * @param phases in their order, the last ends with the outage
 * @param proof why it could be started again
 * @param settings that were in force when it ended
 * @param asked who had it moved, or announced the drill that it was; null if nobody did
 * @param decisions all that were taken for it, in their order; {@code recovered} is the last
 * @param whole false if the journal that is kept begins in the midst of it
 * @param kept what the node it ran on before held of its own when it was back; null if it was not back yet, or had no
 *     superseded volume
 */
public record Receipt(
        String guest, Kind kind, Runner from, Runner to, Instant begunAt, Line recovered, Duration outage,
        List<Phase> phases, Loss loss, Proof proof, ClusterSettings settings, Asked asked, List<Line> decisions,
        boolean whole, Kept kept) {

    public Receipt {
        phases = List.copyOf(phases);
        decisions = List.copyOf(decisions);
    }

    /** What kind of outage. */
    public enum Kind {
        /** What ran it was proven unable to: its node was lost, or began a new life. */
        FAILOVER,
        /** It was stopped in order and started on another node. */
        MOVE,
        /** It ended or did not answer, and was started again. */
        RESTART
    }

    /** What a phase ended with. */
    public enum Step {
        SUSPECTED,
        FENCED,
        /** Without a fence: by a newer incarnation of its node, or a power-off. */
        RULED_OUT,
        STOPPED,
        /** The last changes of the stopped volume have arrived where it goes. */
        HANDED_OVER,
        PROMOTED,
        STARTED,
        ANSWERED
    }

    /**
     * A phase.
     *
     * @param until when it ended
     */
    public record Phase(Step step, Duration until, Line line) {}

    /**
     * What may be lost.
     *
     * @param window the owner's last beat minus the snapshot, and a beat; zero for nothing, null if it cannot be known
     * @param snapshot what was promoted; null if the newest copy itself was started
     * @param asOf when that was taken; null if the journal does not say
     * @param interval from one snapshot to the next, as the guest's specification says
     * @param limit beyond which a person would have been asked; null for none
     */
    public record Loss(Duration window, Snapshot snapshot, Instant asOf, Duration interval, Duration limit) {

        private static final int GUID = 2;

        /** Whether all data is there. */
        public boolean isNothing() {
            return window != null && window.isZero();
        }

        /** What the file system calls the snapshot promoted; null for none. */
        public String name() {
            return snapshot == null ? null : "hf-" + snapshot.epoch() + "-" + snapshot.sequence();
        }

        /** What tells its content from all others: a ZFS GUID, or a hash of the content. Null for none. */
        public String guid() {
            if (snapshot == null) {
                return null;
            }
            String[] parts = snapshot.id().split("-", GUID + 1);
            return parts.length > GUID ? parts[GUID] : snapshot.id();
        }
    }

    /**
     * Why it could be started again.
     *
     * @param says the same in a sentence
     * @param silentSince offset of the last beat of what ran it before; -1 unless a silence was the proof
     * @param needed how long the silence had to be proven (T of rule R6); null unless a silence was the proof
     * @param evidence what the witnesses proved; empty where the rule needs none
     */
    public record Proof(Rule rule, String says, long silentSince, Duration needed, List<Evidence> evidence) {

        public Proof {
            evidence = List.copyOf(evidence);
        }
    }

    /**
     * A person's word.
     *
     * @param drill whether it was asked for as a drill
     * @param answer the decision that accepted it
     */
    public record Asked(String who, String why, Instant at, boolean drill, Line answer) {}

    /**
     * What did not leave the node in time.
     *
     * @param aside name under which the node keeps it; empty if it held nothing of its own
     * @param bytes that are nowhere else
     */
    public record Kept(String node, String aside, long bytes, Line line) {}

    /** Whether it was rehearsed. */
    public boolean isDrill() {
        return asked != null && asked.drill();
    }

    /**
     * How long it was by the clocks of those who wrote the first and the last record of it. Log time passes only as it is
     * proven, so it is a little less. Null if the beginning is not known.
     */
    public Duration byClocks() {
        return begunAt == null ? null : Duration.between(begunAt, recovered.at());
    }

    /** Number of the decision that ended it: the name of the receipt. */
    public long number() {
        return recovered.decision().sequence();
    }

    /** Whether a decision of that number was taken for it. */
    public boolean holds(long decision) {
        return decisions.stream().anyMatch(line -> line.decision().sequence() == decision);
    }
}
