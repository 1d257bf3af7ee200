package dev.holdfast.cli.audit;

import dev.holdfast.audit.fold.JournalReader;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The journal's values up to its end, which is not before the entry that the cluster's state names. A broker that stood
 * still for a while believes, for a moment after that, that it still leads the journal, and that it ends where it did then:
 * what it says is true and old. For one thread.
 */
final class JournalTail implements Iterator<byte[]> {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final Supplier<Iterator<byte[]>> values;
    private final JournalReader reader;
    private final long least;
    private final Duration patience;
    private final LongSupplier nanos;
    private Iterator<byte[]> present;
    private long newest;
    private long waitsSince;

    /**
     * @param values from where the last ones ended up to the end that is known then
     * @param least the entry that has to be among them
     * @param patience without anything new, after which it is not waited for any longer: then it is not there
     * @param nanos a clock that only goes forward
     */
    JournalTail(
            Supplier<Iterator<byte[]>> values, JournalReader reader, long least, Duration patience, LongSupplier nanos) {
        this.values = values;
        this.reader = reader;
        this.least = least;
        this.patience = patience;
        this.nanos = nanos;
        this.present = values.get();
        this.waitsSince = nanos.getAsLong();
    }

    @Override
    public boolean hasNext() {
        while (!present.hasNext()) {
            if (newest >= least || nanos.getAsLong() - waitsSince > patience.toNanos() || !pause()) {
                return false;
            }
            present = values.get();
        }
        return true;
    }

    private static boolean pause() {
        try {
            Thread.sleep(BETWEEN_LOOKS);
            return true;
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public byte[] next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the journal ends here");
        }
        byte[] value = present.next();
        waitsSince = nanos.getAsLong();
        // Only the last one before a wait counts, and decoding each would cost a replay a good part of its speed.
        if (!present.hasNext() && reader.read(value) instanceof JournalReader.Line.Read read) {
            newest = Math.max(newest, read.entry().entry());
        }
        return value;
    }
}
