package dev.holdfast.encoding.binding;

/** Converts values of one Java type to and from what Avro's generic classes hold for one schema. */
interface Conversion {

    /**
     * @param java never null unless the conversion is {@link Nullable}
     * @throws BindingException if the schema cannot hold the value
     */
    Object toAvro(Object java);

    /**
     * @param avro never null unless the conversion is {@link Nullable}
     * @throws BindingException if the Java type refuses the value
     */
    Object fromAvro(Object avro);

    /**
     * Reads a value that was written with exactly the bound schema, as {@link #fromAvro} would give it. Throws some
     * {@link RuntimeException} for what it cannot read; what is wrong with it, {@link #fromAvro} says better.
     */
    Object read(AvroBytes bytes);

    /** Converts a value that must not be null. */
    default Object requiredToAvro(Object java) {
        if (java == null && !(this instanceof Nullable)) {
            throw BindingException.of(null, "a value is required");
        }
        return toAvro(java);
    }
}
