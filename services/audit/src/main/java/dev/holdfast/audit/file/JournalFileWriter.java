package dev.holdfast.audit.file;

import dev.holdfast.encoding.RegisteredSchemas;
import dev.holdfast.encoding.journal.Chain;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;

/**
 * Writes a {@link JournalFile}. How it ends stands in the head of the file, so the values go to a second file first; the
 * file appears when it is complete.
 */
public final class JournalFileWriter implements Closeable {

    private final Path path;
    private final Path part;
    private final String cluster;
    private final String before;
    private final boolean masked;
    private final Optional<RegisteredSchemas> registered;
    private final DataFileWriter<GenericRecord> writer;
    private long written;
    private byte[] chain;

    /**
     * Begins a file.
     *
     * @param path where it is to be; must not exist
     * @param before hash of the entry before the first one, in hexadecimal digits
     * @param masked whether names are masked in it
     * @param registered the ids that a registry gave to the cluster; empty without a registry
     * @throws IOException if the file exists or cannot be written
     */
    public JournalFileWriter(
            Path path, String cluster, String before, boolean masked, Optional<RegisteredSchemas> registered)
            throws IOException {
        if (Files.exists(path)) {
            throw new IOException(path + " exists; name another file, or remove it");
        }
        this.path = path;
        this.part = path.resolveSibling(path.getFileName() + ".part");
        this.cluster = cluster;
        this.before = before;
        this.masked = masked;
        this.registered = registered;
        this.chain = Chain.parse(before);
        this.writer = new DataFileWriter<GenericRecord>(new GenericDatumWriter<>(JournalFile.SCHEMA))
                .create(JournalFile.SCHEMA, part.toFile());
    }

    /** Adds the next value. */
    public void add(byte[] value) throws IOException {
        writer.append(record(value));
        chain = Chain.of(value);
        written++;
    }

    /** How many were added. */
    public long written() {
        return written;
    }

    /**
     * Completes the file.
     *
     * @param lastEntry number of the last entry added
     */
    public void complete(long lastEntry) throws IOException {
        writer.close();
        try (DataFileReader<GenericRecord> values =
                        new DataFileReader<>(part.toFile(), new GenericDatumReader<>(JournalFile.SCHEMA));
                DataFileWriter<GenericRecord> whole = new DataFileWriter<>(new GenericDatumWriter<>(JournalFile.SCHEMA))) {
            whole.setCodec(CodecFactory.deflateCodec(CodecFactory.DEFAULT_DEFLATE_LEVEL));
            whole.setMeta(JournalFile.CLUSTER, cluster);
            whole.setMeta(JournalFile.BEFORE, before);
            whole.setMeta(JournalFile.ENTRIES, lastEntry);
            whole.setMeta(JournalFile.CHAIN, Chain.text(chain));
            whole.setMeta(JournalFile.MASKED, String.valueOf(masked));
            registered.ifPresent(ids -> whole.setMeta(JournalFile.IDS, JournalFile.settings().encode(ids)));
            whole.create(JournalFile.SCHEMA, new BufferedOutputStream(Files.newOutputStream(path)));
            for (GenericRecord value : values) {
                whole.append(value);
            }
        }
    }

    private static GenericRecord record(byte[] value) {
        GenericRecord record = new GenericData.Record(JournalFile.SCHEMA);
        record.put(0, ByteBuffer.wrap(value));
        return record;
    }

    @Override
    public void close() throws IOException {
        writer.close();
        Files.deleteIfExists(part);
    }
}
