package dev.holdfast.cli.audit;

import dev.holdfast.audit.check.Bounds;
import dev.holdfast.audit.file.JournalFile;
import dev.holdfast.audit.fold.JournalReader;
import dev.holdfast.audit.fold.Past;
import dev.holdfast.cli.Failure;
import dev.holdfast.cli.read.ClusterAccess;
import dev.holdfast.cli.read.StateReader;
import dev.holdfast.cli.read.TopicTail;
import dev.holdfast.encoding.Codecs;
import dev.holdfast.encoding.RegisteredSchemas;
import dev.holdfast.encoding.journal.JournalHead;
import dev.holdfast.schemas.TopicCatalogue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Where a journal is read: in a cluster, or in a file. For one thread; to be closed. */
public abstract sealed class JournalSource implements AutoCloseable {

    /** Twice the longest time between two checkpoints. */
    private static final Duration CHECKPOINT_WITHIN = Duration.ofHours(2);
    /** As long as a broker that stood still may take to notice that it leads nothing any more. */
    private static final Duration OLD_NEWS = Duration.ofSeconds(15);

    private final List<AutoCloseable> open = new ArrayList<>();

    /** The journal of a cluster. Closing it closes the way to the cluster. */
    public static JournalSource of(ClusterAccess access, String cluster) {
        return new OfCluster(access, cluster);
    }

    /**
     * The journal in a file.
     *
     * @throws Failure if it is no exported journal
     */
    public static JournalSource of(Path file) {
        try {
            return new OfFile(file, JournalFile.open(file));
        } catch (IOException e) {
            throw Failure.badInput(e.getMessage());
        }
    }

    /** Name of the cluster. */
    public abstract String cluster();

    /** What reads its values. */
    public abstract Codecs codecs();

    /** What is known of where it begins and ends. */
    public abstract Bounds bounds();

    /** The ids that a registry gave to its cluster; empty without a registry. */
    public abstract Optional<RegisteredSchemas> registered();

    /** Its values in order, from the first one kept to the end it has now. */
    public abstract Iterator<byte[]> values();

    /** Its values in order, from some time before that one at the latest. */
    abstract Iterator<byte[]> valuesFrom(Instant time);

    /** Its past from that time on at the latest: there may be turns before it. */
    public Past past(Instant from) {
        if (from.isAfter(Instant.EPOCH.plus(CHECKPOINT_WITHIN))) {
            Past near = new Past(codecs(), valuesFrom(from.minus(CHECKPOINT_WITHIN)));
            if (near.hasNext() && !near.peek().recordedAt().isAfter(from)) {
                return near;
            }
        }
        return past();
    }

    /** All of its past that is kept. */
    public Past past() {
        return new Past(codecs(), values());
    }

    final <T extends AutoCloseable> T opened(T resource) {
        open.add(resource);
        return resource;
    }

    @Override
    public void close() {
        for (AutoCloseable each : open.reversed()) {
            try {
                each.close();
            } catch (Exception e) {
                throw Failure.failed("closing the journal failed: " + e.getMessage(), e);
            }
        }
    }

    private static final class OfCluster extends JournalSource {

        private final ClusterAccess access;
        private final String cluster;

        OfCluster(ClusterAccess access, String cluster) {
            this.access = opened(access);
            this.cluster = cluster;
        }

        @Override
        public String cluster() {
            return cluster;
        }

        @Override
        public Codecs codecs() {
            return access.codecs();
        }

        @Override
        public Bounds bounds() {
            return new Bounds(null, new StateReader(access).journalHead().orElse(null));
        }

        @Override
        public Optional<RegisteredSchemas> registered() {
            return access.registeredSchemas();
        }

        @Override
        public Iterator<byte[]> values() {
            return toHead(tail().fromBeginning());
        }

        @Override
        Iterator<byte[]> valuesFrom(Instant time) {
            return toHead(tail().fromTime(time));
        }

        private Iterator<byte[]> toHead(TopicTail tail) {
            JournalHead head = bounds().head();
            return new JournalTail(
                    tail::valuesToEnd, new JournalReader(codecs()), head == null ? 0 : head.entries(), OLD_NEWS, System::nanoTime);
        }

        private TopicTail tail() {
            return opened(access.tail(TopicCatalogue.AUDIT_JOURNAL));
        }
    }

    private static final class OfFile extends JournalSource {

        private final Path path;
        private final JournalFile first;
        private final Codecs codecs;
        private boolean read;

        OfFile(Path path, JournalFile file) throws IOException {
            this.path = path;
            this.first = opened(file);
            this.codecs = file.codecs();
        }

        @Override
        public String cluster() {
            return first.cluster();
        }

        @Override
        public Codecs codecs() {
            return codecs;
        }

        @Override
        public Bounds bounds() {
            try {
                return first.bounds();
            } catch (IOException e) {
                throw Failure.failed(e.getMessage(), e);
            }
        }

        @Override
        public Optional<RegisteredSchemas> registered() {
            return first.registered();
        }

        @Override
        public Iterator<byte[]> values() {
            if (!read) {
                read = true;
                return first.values();
            }
            try {
                return opened(JournalFile.open(path)).values();
            } catch (IOException e) {
                throw Failure.failed(e.getMessage(), e);
            }
        }

        @Override
        Iterator<byte[]> valuesFrom(Instant time) {
            return values();
        }
    }
}
