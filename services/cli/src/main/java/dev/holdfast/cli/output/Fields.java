package dev.holdfast.cli.output;

import java.util.LinkedHashMap;
import java.util.Map;

/** The named values of one item, in order: what {@code -o json} writes. */
public final class Fields {

    private final Map<String, Object> values = new LinkedHashMap<>();

    private Fields() {}

    public static Fields of(String name, Object value) {
        return new Fields().and(name, value);
    }

    /** Adds a value that {@link Json} can write; null stays visible as null. */
    public Fields and(String name, Object value) {
        values.put(name, value);
        return this;
    }

    public Map<String, Object> map() {
        return values;
    }
}
