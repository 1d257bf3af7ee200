package dev.holdfast.core.state;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Immutable copies in key order. Decisions iterate over them, and a decision must not depend on the hash seed of
 * the process that takes it, as {@code Map.copyOf} would make it.
 */
public final class Sorted {

    private Sorted() {}

    public static <V> SortedMap<String, V> map(Map<String, V> entries) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    }

    public static SortedSet<String> set(Collection<String> elements) {
        return Collections.unmodifiableSortedSet(new TreeSet<>(elements));
    }

    /** The map with one entry put or replaced. */
    public static <V> SortedMap<String, V> with(Map<String, V> entries, String key, V value) {
        TreeMap<String, V> copy = new TreeMap<>(entries);
        copy.put(key, value);
        return Collections.unmodifiableSortedMap(copy);
    }

    /** The map without that key. */
    public static <V> SortedMap<String, V> without(Map<String, V> entries, String key) {
        TreeMap<String, V> copy = new TreeMap<>(entries);
        copy.remove(key);
        return Collections.unmodifiableSortedMap(copy);
    }
}
