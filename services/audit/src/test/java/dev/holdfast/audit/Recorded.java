package dev.holdfast.audit;

import dev.holdfast.audit.check.Audit;
import dev.holdfast.audit.check.AuditResult;
import dev.holdfast.audit.check.Bounds;
import dev.holdfast.encoding.Codecs;
import dev.holdfast.encoding.journal.CheckpointPlan;
import dev.holdfast.simulator.journal.SimulatedJournal;
import java.time.Duration;
import java.util.List;

/** Journals for tests. */
public final class Recorded {

    public static final Codecs CODECS = Codecs.derivingIds();

    /** A checkpoint every so many entries. */
    public static final int CHECKPOINT_EVERY = 60;

    private Recorded() {}

    /** What a cluster to which much happens would have written, with many checkpoints. */
    public static List<byte[]> journal(long seed) {
        return SimulatedJournal.ofSeed(seed, CODECS, new CheckpointPlan(CHECKPOINT_EVERY, Duration.ofHours(1)));
    }

    public static AuditResult audit(List<byte[]> values, Bounds bounds) {
        return new Audit(CODECS, bounds, List.of()).run(values.iterator(), entries -> { });
    }
}
