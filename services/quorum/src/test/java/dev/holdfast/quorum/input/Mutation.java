package dev.holdfast.encoding.input;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/** Changes about one field in ten of a value, keeping it of its schema. */
final class Mutation {

    private static final int HEAD = 5;
    private static final int ONE_IN = 10;
    private static final List<String> TEXTS = List.of("", "a", "b", "c", "d", "db", "log-1", "none", "cluster");
    private static final long[] NUMBERS = {0, 1, 2, -1, 50, 500_000_000L, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 60};

    private final Random random;

    Mutation(Random random) {
        this.random = random;
    }

    byte[] of(byte[] framed, Schema schema) throws IOException {
        IndexedRecord value = new GenericDatumReader<IndexedRecord>(schema)
                .read(null, DecoderFactory.get().binaryDecoder(framed, HEAD, framed.length - HEAD, null));
        mutate(value);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(framed, 0, HEAD);
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<IndexedRecord>(schema).write(value, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    private void mutate(IndexedRecord record) {
        for (Schema.Field field : record.getSchema().getFields()) {
            record.put(field.pos(), mutated(record.get(field.pos()), field.schema()));
        }
    }

    private Object mutated(Object value, Schema schema) {
        if (value instanceof IndexedRecord record) {
            mutate(record);
            return record;
        }
        boolean changes = random.nextInt(ONE_IN) == 0;
        return switch (value) {
            case null -> null;
            case Map<?, ?> map -> changes ? Map.of() : map;
            case List<?> list -> changes ? shortened(list) : list;
            case Object kept when !changes -> kept;
            case Object nulled when schema.isNullable() -> null;
            case Long number -> random.nextBoolean() ? NUMBERS[random.nextInt(NUMBERS.length)] : number + random.nextInt(7) - 3;
            case Integer number -> number + random.nextInt(7) - 3;
            case Double number -> random.nextGaussian();
            case Boolean flag -> !flag;
            case CharSequence text -> TEXTS.get(random.nextInt(TEXTS.size()));
            default -> value;
        };
    }

    private List<?> shortened(List<?> list) {
        return list.isEmpty() ? list : new ArrayList<>(list.subList(1, list.size()));
    }
}
