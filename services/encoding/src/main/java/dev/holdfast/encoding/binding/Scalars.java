package dev.holdfast.encoding.binding;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.avro.Schema;

/** Conversions of values without parts. */
final class Scalars {

    private Scalars() {}

    private record Pair(UnaryOperator<Object> out, UnaryOperator<Object> in, Function<AvroBytes, Object> reader)
            implements Conversion {
        @Override
        public Object toAvro(Object java) {
            return out.apply(java);
        }

        @Override
        public Object fromAvro(Object avro) {
            return in.apply(avro);
        }

        @Override
        public Object read(AvroBytes bytes) {
            return reader.apply(bytes);
        }
    }

    private static final Conversion LONG = new Pair(value -> value, value -> value, AvroBytes::readLong);
    private static final Conversion INT = new Pair(value -> value, value -> value, AvroBytes::readInt);
    private static final Conversion DOUBLE = new Pair(value -> value, value -> value, AvroBytes::readDouble);
    private static final Conversion BOOLEAN = new Pair(value -> value, value -> value, AvroBytes::readBoolean);
    private static final Conversion STRING = new Pair(value -> value, Object::toString, AvroBytes::readString);
    private static final Conversion BYTES = new Pair(
            value -> ByteBuffer.wrap((byte[]) value), value -> bytes((ByteBuffer) value), AvroBytes::readBytes);
    private static final Conversion INSTANT = new Pair(
            value -> millis((Instant) value), value -> Instant.ofEpochMilli((long) value),
            bytes -> Instant.ofEpochMilli(bytes.readLong()));
    private static final Conversion ID = new Pair(
            Object::toString, value -> uuid(value.toString()), bytes -> uuid(bytes.readString()));

    /** The conversion between the two, or null if the Java type is no scalar. */
    static Conversion of(Class<?> type, Schema schema, DurationUnit unit) {
        if (type == Duration.class) {
            return duration(schema, unit);
        }
        if (type == Instant.class) {
            return expect(INSTANT, type, schema, Schema.Type.LONG, "timestamp-millis");
        }
        if (type == UUID.class) {
            return expect(ID, type, schema, Schema.Type.STRING, "uuid");
        }
        if (type == String.class) {
            return expect(STRING, type, schema, Schema.Type.STRING, null);
        }
        if (type == byte[].class) {
            return expect(BYTES, type, schema, Schema.Type.BYTES, null);
        }
        if (type == long.class || type == Long.class) {
            return expect(LONG, type, schema, Schema.Type.LONG, null);
        }
        if (type == int.class || type == Integer.class) {
            return expect(INT, type, schema, Schema.Type.INT, null);
        }
        if (type == double.class || type == Double.class) {
            return expect(DOUBLE, type, schema, Schema.Type.DOUBLE, null);
        }
        if (type == boolean.class || type == Boolean.class) {
            return expect(BOOLEAN, type, schema, Schema.Type.BOOLEAN, null);
        }
        return null;
    }

    private static Conversion duration(Schema schema, DurationUnit unit) {
        if (unit == null) {
            throw BindingException.of("", "a duration's field must name its unit: its name must end in Ms or Ns");
        }
        Conversion conversion = new Pair(
                value -> count((Duration) value, unit), value -> unit.duration((long) value),
                bytes -> unit.duration(bytes.readLong()));
        return expect(conversion, Duration.class, schema, Schema.Type.LONG, null);
    }

    private static Conversion expect(
            Conversion conversion, Class<?> type, Schema schema, Schema.Type wanted, String logical) {
        boolean fits = schema.getType() == wanted
                && (logical == null ? true : logical.equals(schema.getProp("logicalType")));
        if (!fits) {
            String name = wanted.getName() + (logical == null ? "" : " with logicalType " + logical);
            throw BindingException.of("", type.getSimpleName() + " needs " + name + ", the schema says " + schema);
        }
        return conversion;
    }

    private static long count(Duration duration, DurationUnit unit) {
        try {
            return unit.count(duration);
        } catch (ArithmeticException e) {
            throw BindingException.of(duration, "does not fit into 64 bits of " + unit, e);
        }
    }

    private static long millis(Instant instant) {
        try {
            return instant.toEpochMilli();
        } catch (ArithmeticException e) {
            throw BindingException.of(instant, "does not fit into 64 bits of milliseconds", e);
        }
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw BindingException.of(text, "is no UUID", e);
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] copy = new byte[buffer.remaining()];
        buffer.duplicate().get(copy);
        return copy;
    }
}
