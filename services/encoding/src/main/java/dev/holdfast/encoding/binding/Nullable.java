package dev.holdfast.encoding.binding;

import java.util.Optional;

/** A value that may be missing: null in Java and in Avro, or an empty Optional. */
record Nullable(Conversion present, boolean asOptional) implements Conversion {

    @Override
    public Object toAvro(Object java) {
        Object value = asOptional && java != null ? ((Optional<?>) java).orElse(null) : java;
        return value == null ? null : present.toAvro(value);
    }

    @Override
    public Object fromAvro(Object avro) {
        Object value = avro == null ? null : present.fromAvro(avro);
        return asOptional ? Optional.ofNullable(value) : value;
    }
}
