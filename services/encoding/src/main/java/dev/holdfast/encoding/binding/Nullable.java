package dev.holdfast.encoding.binding;

import java.util.Optional;

/**
 * A value that may be missing: null in Java and in Avro, or an empty Optional.
 *
 * @param present without null; one of several records if the union has more than one other branch
 * @param nullAt which branch of the union is null
 */
record Nullable(Conversion present, int nullAt, boolean asOptional) implements Conversion {

    @Override
    public Object toAvro(Object java) {
        Object value = asOptional && java != null ? ((Optional<?>) java).orElse(null) : java;
        return value == null ? null : present.toAvro(value);
    }

    @Override
    public Object read(AvroBytes bytes) {
        Object value = readPresent(bytes);
        return asOptional ? Optional.ofNullable(value) : value;
    }

    private Object readPresent(AvroBytes bytes) {
        if (present instanceof UnionConversion union) {
            int index = bytes.readIndex(union.branches() + 1);
            return index == nullAt ? null : union.read(bytes, index > nullAt ? index - 1 : index);
        }
        return bytes.readIndex(2) == nullAt ? null : present.read(bytes);
    }

    @Override
    public Object fromAvro(Object avro) {
        Object value = avro == null ? null : present.fromAvro(avro);
        return asOptional ? Optional.ofNullable(value) : value;
    }
}
