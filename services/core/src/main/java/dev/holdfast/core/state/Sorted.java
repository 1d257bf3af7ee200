package dev.holdfast.core.state;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
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
        return entries instanceof Copy<V> copy ? copy : Copy.of(sorted(entries));
    }

    private static <V> SortedMap<String, V> sorted(Map<String, V> entries) {
        return entries instanceof TreeMap<String, V> tree && tree.comparator() == null ? tree : new TreeMap<>(entries);
    }

    public static SortedSet<String> set(Collection<String> elements) {
        return Collections.unmodifiableSortedSet(new TreeSet<>(elements));
    }

    /** The map with one entry put or replaced. */
    public static <V> SortedMap<String, V> with(Map<String, V> entries, String key, V value) {
        if (entries instanceof Copy<V> copy && copy.find(key) >= 0) {
            return copy.replaced(copy.find(key), value);
        }
        TreeMap<String, V> copy = new TreeMap<>(entries);
        copy.put(key, value);
        return Copy.of(copy);
    }

    /** The map without that key. */
    public static <V> SortedMap<String, V> without(Map<String, V> entries, String key) {
        TreeMap<String, V> copy = new TreeMap<>(entries);
        copy.remove(key);
        return Copy.of(copy);
    }

    /**
     * A map that nobody can change, which shows by its type. Its keys rarely change and are few: a copy with another
     * value shares them.
     */
    private static final class Copy<V> extends AbstractMap<String, V> implements SortedMap<String, V> {

        private final String[] keys;
        private final Object[] values;

        private Copy(String[] keys, Object[] values) {
            this.keys = keys;
            this.values = values;
        }

        /** @param entries with keys in their natural order */
        private static <V> Copy<V> of(SortedMap<String, V> entries) {
            return new Copy<>(entries.keySet().toArray(new String[0]), entries.values().toArray());
        }

        private int find(Object key) {
            return Arrays.binarySearch(keys, (String) key);
        }

        private Copy<V> replaced(int at, V value) {
            Object[] others = values.clone();
            others[at] = value;
            return new Copy<>(keys, others);
        }

        @SuppressWarnings("unchecked")
        private V value(int at) {
            return (V) values[at];
        }

        @Override
        public V get(Object key) {
            int at = find(key);
            return at < 0 ? null : value(at);
        }

        @Override
        public boolean containsKey(Object key) {
            return find(key) >= 0;
        }

        @Override
        public int size() {
            return keys.length;
        }

        @Override
        public Set<Entry<String, V>> entrySet() {
            return new Entries();
        }

        @Override
        @SuppressWarnings("unchecked")
        public Collection<V> values() {
            return (Collection<V>) Collections.unmodifiableList(Arrays.asList(values));
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Copy<?> copy
                    ? Arrays.equals(keys, copy.keys) && Arrays.equals(values, copy.values)
                    : super.equals(other);
        }

        @Override
        public int hashCode() {
            return super.hashCode();
        }

        @Override
        public Comparator<? super String> comparator() {
            return null;
        }

        @Override
        public SortedMap<String, V> subMap(String from, String to) {
            return new TreeMap<>(this).subMap(from, to);
        }

        @Override
        public SortedMap<String, V> headMap(String to) {
            return new TreeMap<>(this).headMap(to);
        }

        @Override
        public SortedMap<String, V> tailMap(String from) {
            return new TreeMap<>(this).tailMap(from);
        }

        @Override
        public String firstKey() {
            return keys[any(0)];
        }

        @Override
        public String lastKey() {
            return keys[any(keys.length - 1)];
        }

        private int any(int at) {
            if (keys.length == 0) {
                throw new NoSuchElementException("the map is empty");
            }
            return at;
        }

        private final class Entries extends AbstractSet<Entry<String, V>> {

            @Override
            public int size() {
                return keys.length;
            }

            @Override
            public Iterator<Entry<String, V>> iterator() {
                return new Iterator<>() {
                    private int next;

                    @Override
                    public boolean hasNext() {
                        return next < keys.length;
                    }

                    @Override
                    public Entry<String, V> next() {
                        if (!hasNext()) {
                            throw new NoSuchElementException("the map ends here");
                        }
                        next++;
                        return new SimpleImmutableEntry<>(keys[next - 1], value(next - 1));
                    }
                };
            }
        }
    }
}
