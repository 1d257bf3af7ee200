package dev.holdfast.audit.file;

import dev.holdfast.audit.check.Bounds;
import dev.holdfast.encoding.Codecs;
import dev.holdfast.encoding.Decoded;
import dev.holdfast.encoding.RegisteredSchemas;
import dev.holdfast.encoding.SchemaIds;
import dev.holdfast.encoding.ValueCodec;
import dev.holdfast.encoding.journal.Chain;
import dev.holdfast.encoding.journal.JournalHead;
import dev.holdfast.schemas.SchemaCatalogue;
import dev.holdfast.schemas.TopicCatalogue;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;

/**
 * A file with a slice of a journal: an Avro container whose records hold one value of {@code audit.journal} each, and
 * whose metadata say which cluster it is from, how it begins and how it ends.
 */
public final class JournalFile implements Closeable {

    static final Schema SCHEMA = SchemaBuilder.record("JournalValue").namespace("dev.holdfast")
            .doc("One value of audit.journal as it stands there: 0x00, its schema id in four bytes, and Avro.")
            .fields().requiredBytes("value").endRecord();
    static final String CLUSTER = "holdfast.cluster";
    static final String BEFORE = "holdfast.before";
    static final String ENTRIES = "holdfast.entries";
    static final String CHAIN = "holdfast.chain";
    static final String IDS = "holdfast.ids";
    static final String MASKED = "holdfast.masked";

    private final Path path;
    private final DataFileReader<GenericRecord> reader;

    private JournalFile(Path path, DataFileReader<GenericRecord> reader) {
        this.path = path;
        this.reader = reader;
    }

    /**
     * Opens a file.
     *
     * @throws IOException if it cannot be read, or is no such file; the message names it
     */
    public static JournalFile open(Path path) throws IOException {
        DataFileReader<GenericRecord> reader;
        try {
            reader = new DataFileReader<>(path.toFile(), new GenericDatumReader<>(null, SCHEMA));
        } catch (IOException | RuntimeException e) {
            throw new IOException(path + " is no exported journal: " + e.getMessage(), e);
        }
        JournalFile file = new JournalFile(path, reader);
        for (String key : new String[] {CLUSTER, BEFORE, ENTRIES, CHAIN}) {
            if (reader.getMetaString(key) == null) {
                reader.close();
                throw new IOException(path + " is no exported journal: it does not say " + key);
            }
        }
        return file;
    }

    /** Name of the cluster it is from. */
    public String cluster() {
        return reader.getMetaString(CLUSTER);
    }

    /** The ids that a registry gave to its cluster; empty without a registry. */
    public Optional<RegisteredSchemas> registered() {
        byte[] ids = reader.getMeta(IDS);
        return ids == null
                ? Optional.empty()
                : Optional.of((RegisteredSchemas) ((Decoded.Value) settings().decode(ids)).body());
    }

    /** What reads its values. */
    public Codecs codecs() {
        SchemaCatalogue schemas = SchemaCatalogue.load();
        return new Codecs(registered().map(given -> SchemaIds.given(schemas, given))
                .orElseGet(() -> SchemaIds.derived(schemas)));
    }

    /** What a registry gave is written with an id that needs no registry. */
    static ValueCodec settings() {
        return Codecs.derivingIds().of(TopicCatalogue.CLUSTER_SETTINGS);
    }

    /** Whether names were masked, so that its chain is not that of the cluster. */
    public boolean isMasked() {
        return "true".equals(reader.getMetaString(MASKED));
    }

    /**
     * What it says of where it begins and ends.
     *
     * @throws IOException if that is spoilt
     */
    public Bounds bounds() throws IOException {
        try {
            Chain.parse(reader.getMetaString(BEFORE));
            return new Bounds(reader.getMetaString(BEFORE), new JournalHead(
                    Long.parseLong(reader.getMetaString(ENTRIES)), reader.getMetaString(CHAIN), 0, Instant.EPOCH));
        } catch (IllegalArgumentException e) {
            throw new IOException(path + " is spoilt: what it says of its bounds cannot be read: " + e.getMessage(), e);
        }
    }

    /** Its values in order, once. Throws {@link UncheckedIOException} where the file is spoilt. */
    public Iterator<byte[]> values() {
        return new Iterator<>() {
            private long read;

            @Override
            public boolean hasNext() {
                try {
                    return reader.hasNext();
                } catch (RuntimeException | OutOfMemoryError e) {
                    // A length that is not what was written may be any.
                    throw spoilt(e);
                }
            }

            @Override
            public byte[] next() {
                try {
                    ByteBuffer value = (ByteBuffer) reader.next().get(0);
                    read++;
                    byte[] bytes = new byte[value.remaining()];
                    value.get(bytes);
                    return bytes;
                } catch (RuntimeException | OutOfMemoryError e) {
                    throw spoilt(e);
                }
            }

            private UncheckedIOException spoilt(Throwable e) {
                return new UncheckedIOException(new IOException(
                        path + " is spoilt after " + read + " values: " + e.getMessage(), e));
            }
        };
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
