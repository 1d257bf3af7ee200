package dev.holdfast.encoding;

import dev.holdfast.encoding.binding.AvroBytes;
import dev.holdfast.encoding.binding.Binding;
import dev.holdfast.encoding.binding.BindingException;
import dev.holdfast.encoding.journal.Chain;
import dev.holdfast.schemas.PublishedSchema;
import dev.holdfast.schemas.Topic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/**
 * Values of one topic, to and from bytes: 0x00, the schema id in four bytes, and Avro. Used by any number of threads.
 *
 * <p>A value written by an older release is read as the current schema, with the defaults that the schema gives for
 * newer fields. A value of a newer release, whose schema id this build cannot know, is unreadable: it changes nothing
 * here and goes to the dead letters. Therefore all nodes are upgraded before a new kind of message is first used.
 */
public final class ValueCodec {

    private static final byte CONFLUENT = 0;
    private static final int HEAD = 5;
    private static final int SUMMARY = 0;
    private static final int BODY = 1;
    private static final int CHAIN = 2;

    private final Topic topic;
    private final SchemaIds ids;
    private final Schema schema;
    private final Binding<Record> binding;
    /** By derived id, which never changes its meaning. */
    private final Map<Integer, GenericDatumReader<IndexedRecord>> readers = new ConcurrentHashMap<>();

    /**
     * @throws BindingException if a record the topic carries does not go with its schema
     */
    public ValueCodec(Topic topic, SchemaIds ids) {
        this.topic = topic;
        this.ids = ids;
        this.schema = ids.current(topic);
        this.binding = Binding.ofUnion(Record.class, RecordTypes.ALL, schema.getFields().get(BODY).schema());
    }

    public Topic topic() {
        return topic;
    }

    /**
     * A value of a chained topic has zeros at its end, where {@link Chain#link} puts the hash.
     *
     * <p>With the id in force now, but for {@link RegisteredSchemas}: what says which ids are in force has to be readable
     * before they are known.
     *
     * @throws BindingException if the topic does not carry such records, or a value does not fit into its field
     * @throws IllegalStateException if the id is not known yet, see {@link SchemaIds#areKnown}
     */
    public byte[] encode(Record body) {
        int id = body instanceof RegisteredSchemas ? ids.derivedIdFor(topic) : ids.idFor(topic);
        GenericData.Record value = new GenericData.Record(schema);
        value.put(SUMMARY, Summary.of(body));
        value.put(BODY, binding.toAvro(body));
        if (topic.chained()) {
            value.put(CHAIN, new GenericData.Fixed(schema.getFields().get(CHAIN).schema(), Chain.beginning()));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        out.writeBytes(ByteBuffer.allocate(HEAD).put(CONFLUENT).putInt(id).array());
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        try {
            new GenericDatumWriter<IndexedRecord>(schema).write(value, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return out.toByteArray();
    }

    /** Never throws for what the bytes are. */
    public Decoded decode(byte[] bytes) {
        if (bytes.length < HEAD || bytes[0] != CONFLUENT) {
            return new Decoded.Unreadable("", excerpt(bytes), "does not begin with 0x00 and a schema id");
        }
        int id = ByteBuffer.wrap(bytes).getInt(1);
        PublishedSchema writer = ids.byId(id).orElse(null);
        if (writer == null) {
            return new Decoded.Unreadable(
                    "schema id", String.valueOf(id), "unknown: written by something else or by a newer release");
        }
        if (!writer.subject().equals(topic.subject())) {
            return new Decoded.Unreadable(
                    "schema id", String.valueOf(id), "belongs to " + writer.subject() + ", not to " + topic.subject());
        }
        Decoded plain = writer.id() == ids.derivedIdFor(topic) ? plain(bytes) : null;
        return plain != null
                ? plain
                : decode(bytes, readers.computeIfAbsent(
                        writer.id(), unused -> new GenericDatumReader<>(writer.schema(), schema)));
    }

    /** What nearly every value is: one of the current schema, with nothing wrong about it; null for any other. */
    private Decoded plain(byte[] bytes) {
        try {
            AvroBytes in = new AvroBytes(bytes, HEAD);
            String summary = in.readString();
            Record body = binding.read(in);
            return in.left() == (topic.chained() ? Chain.BYTES : 0) ? new Decoded.Value(summary, body) : null;
        } catch (RuntimeException e) {
            // Avro's own decoder says better what it is, or is not.
            return null;
        }
    }

    private Decoded decode(byte[] bytes, GenericDatumReader<IndexedRecord> reader) {
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, HEAD, bytes.length - HEAD, null);
        try {
            IndexedRecord value = reader.read(null, decoder);
            if (!decoder.isEnd()) {
                return new Decoded.Unreadable("", excerpt(bytes), "has bytes after the end of the record");
            }
            return new Decoded.Value(value.get(SUMMARY).toString(), binding.fromAvro(value.get(BODY)));
        } catch (BindingException e) {
            BindingException named = e.in("body");
            return new Decoded.Unreadable(named.field(), named.excerpt(), named.reason());
        } catch (IOException | RuntimeException e) {
            // Whatever Avro stumbles over, it stumbles over these bytes: that is all a reader may conclude.
            return new Decoded.Unreadable("", excerpt(bytes), "is no " + schema.getName() + ": " + e);
        }
    }

    private static String excerpt(byte[] bytes) {
        int shown = Math.min(bytes.length, 24);
        return "0x" + HexFormat.of().formatHex(bytes, 0, shown)
                + (shown < bytes.length ? "… (" + bytes.length + " bytes)" : "");
    }
}
