package dev.holdfast.core.state;

import java.util.AbstractMap;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
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

    /** The same map if it is such a copy already: state is copied with every beat. */
    public static <V> SortedMap<String, V> map(Map<String, V> entries) {
        return entries instanceof Copy<V> copy ? copy : new Copy<>(new TreeMap<>(entries));
    }

    public static SortedSet<String> set(Collection<String> elements) {
        return Collections.unmodifiableSortedSet(new TreeSet<>(elements));
    }

    /** The map with one entry put or replaced. */
    public static <V> SortedMap<String, V> with(Map<String, V> entries, String key, V value) {
        TreeMap<String, V> copy = new TreeMap<>(entries);
        copy.put(key, value);
        return new Copy<>(copy);
    }

    /** The map without that key. */
    public static <V> SortedMap<String, V> without(Map<String, V> entries, String key) {
        TreeMap<String, V> copy = new TreeMap<>(entries);
        copy.remove(key);
        return new Copy<>(copy);
    }

    /** A map that nobody can change, which shows by its type. */
    private static final class Copy<V> extends AbstractMap<String, V> implements SortedMap<String, V> {

        private final SortedMap<String, V> entries;

        /** @param entries held by nobody else */
        private Copy(TreeMap<String, V> entries) {
            this.entries = Collections.unmodifiableSortedMap(entries);
        }

        @Override
        public Set<Entry<String, V>> entrySet() {
            return entries.entrySet();
        }

        @Override
        public Set<String> keySet() {
            return entries.keySet();
        }

        @Override
        public Collection<V> values() {
            return entries.values();
        }

        @Override
        public V get(Object key) {
            return entries.get(key);
        }

        @Override
        public boolean containsKey(Object key) {
            return entries.containsKey(key);
        }

        @Override
        public Comparator<? super String> comparator() {
            return entries.comparator();
        }

        @Override
        public SortedMap<String, V> subMap(String from, String to) {
            return entries.subMap(from, to);
        }

        @Override
        public SortedMap<String, V> headMap(String to) {
            return entries.headMap(to);
        }

        @Override
        public SortedMap<String, V> tailMap(String from) {
            return entries.tailMap(from);
        }

        @Override
        public String firstKey() {
            return entries.firstKey();
        }

        @Override
        public String lastKey() {
            return entries.lastKey();
        }
    }
}
