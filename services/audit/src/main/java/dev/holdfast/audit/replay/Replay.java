package dev.holdfast.audit.replay;

import dev.holdfast.audit.fold.JournalReader;
import dev.holdfast.encoding.Codecs;
import dev.holdfast.encoding.input.InputReader;
import dev.holdfast.encoding.journal.EntityCodec;
import java.util.Iterator;
import java.util.function.LongConsumer;

/**
 * Folds a journal with the same pure functions that wrote it, from its beginning or from a checkpoint, and compares
 * decision by decision and checkpoint by checkpoint.
 */
public final class Replay {

    private static final int PROGRESS_EVERY = 10_000;

    private final JournalReader journal;
    private final InputReader inputs;
    private final EntityCodec entities;

    public Replay(Codecs codecs) {
        this.journal = new JournalReader(codecs);
        this.inputs = new InputReader(codecs);
        this.entities = new EntityCodec(codecs);
    }

    /** Replays all there is without telling how far it has come. */
    public ReplayResult run(Iterator<byte[]> values) {
        return run(values, 1, entries -> { });
    }

    /**
     * Replays a journal.
     *
     * @param values values of {@code audit.journal} in order, committed ones only
     * @param from number of the entry from which on to fold: the fold begins behind the first checkpoint at or after it,
     *     or with entry 1 if that is asked for and there
     * @param progress is told the number of entries read, now and then
     */
    public ReplayResult run(Iterator<byte[]> values, long from, LongConsumer progress) {
        long begun = System.nanoTime();
        Comparison comparison = new Comparison(inputs, entities, from);
        while (values.hasNext()) {
            switch (journal.read(values.next())) {
                case JournalReader.Line.Read line -> comparison.take(line.entry());
                case JournalReader.Line.Unreadable line -> comparison.unreadable(line.reason());
            }
            if (comparison.entries() % PROGRESS_EVERY == 0) {
                progress.accept(comparison.entries());
            }
        }
        return comparison.result((System.nanoTime() - begun) / 1e9);
    }
}
