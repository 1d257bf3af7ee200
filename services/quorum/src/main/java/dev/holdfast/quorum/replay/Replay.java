package dev.holdfast.quorum.replay;

import dev.holdfast.core.event.JournalEntry;
import dev.holdfast.messaging.Codecs;
import dev.holdfast.messaging.Decoded;
import dev.holdfast.messaging.ValueCodec;
import dev.holdfast.quorum.input.InputReader;
import dev.holdfast.schemas.TopicCatalogue;
import java.util.Iterator;
import java.util.function.LongConsumer;

/** Folds a journal from its beginning with the same pure functions that wrote it. */
public final class Replay {

    private static final int PROGRESS_EVERY = 10_000;

    private final ValueCodec journal;
    private final InputReader inputs;

    public Replay(Codecs codecs) {
        this.journal = codecs.of(TopicCatalogue.AUDIT_JOURNAL);
        this.inputs = new InputReader(codecs);
    }

    /** Replays without telling how far it has come. */
    public ReplayResult run(Iterator<byte[]> values) {
        return run(values, entries -> { });
    }

    /**
     * Replays a whole journal.
     *
     * @param values values of {@code audit.journal} in order, committed ones only, from entry 1 on
     * @param progress is told the number of entries read, now and then
     */
    public ReplayResult run(Iterator<byte[]> values, LongConsumer progress) {
        long begun = System.nanoTime();
        Comparison comparison = new Comparison(inputs);
        while (values.hasNext()) {
            take(comparison, values.next());
            if (comparison.entries() % PROGRESS_EVERY == 0) {
                progress.accept(comparison.entries());
            }
        }
        return comparison.result((System.nanoTime() - begun) / 1e9);
    }

    private void take(Comparison comparison, byte[] value) {
        Decoded decoded = value == null
                ? new Decoded.Unreadable("value", "", "is missing")
                : journal.decode(value);
        switch (decoded) {
            case Decoded.Value read -> comparison.take((JournalEntry) read.body());
            case Decoded.Unreadable unreadable -> comparison.unreadable(unreadable.sentence());
        }
    }
}
