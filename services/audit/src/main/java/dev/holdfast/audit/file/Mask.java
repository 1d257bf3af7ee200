package dev.holdfast.audit.file;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Other names for guests: {@code guest-001}, {@code guest-002} … in the order of their own names, so that whatever is
 * decided by the order of names is decided alike.
 */
public final class Mask {

    private final Map<String, String> names = new TreeMap<>();
    private final Pattern words;

    private Mask(SortedSet<String> guests) {
        for (String guest : guests) {
            names.put(guest, "guest-%03d".formatted(names.size() + 1));
        }
        String longestFirst = guests.stream()
                .sorted((a, b) -> b.length() - a.length())
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        this.words = Pattern.compile("(?<![A-Za-z0-9])(" + longestFirst + ")(?![A-Za-z0-9])");
    }

    /**
     * For guests of these names.
     *
     * @throws IllegalArgumentException if there are none, or one is named like a node: the two could not be told apart
     */
    public static Mask of(Set<String> guests, Set<String> nodes) {
        if (guests.isEmpty()) {
            throw new IllegalArgumentException("no guest is named in it: nothing to mask");
        }
        for (String guest : guests) {
            if (nodes.contains(guest)) {
                throw new IllegalArgumentException(
                        "guest '" + guest + "' has the name of a node: masking would rename that too");
            }
        }
        return new Mask(new TreeSet<>(guests));
    }

    /** Each name and what stands for it, for whoever keeps the list. */
    public Map<String, String> names() {
        return names;
    }

    /** The text with the names replaced where they stand as words of their own. */
    String text(String text) {
        return words.matcher(text).replaceAll(found -> Matcher.quoteReplacement(names.get(found.group(1))));
    }

    /** Bytes of a text with the names replaced; bytes that are no text as they are. */
    byte[] bytes(byte[] bytes) {
        if (bytes == null) {
            return null;
        }
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text(text).getBytes(StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            return bytes;
        }
    }

    /** A record with the names replaced in every text in it. */
    Record record(Record record) {
        return (Record) value(record);
    }

    private Object value(Object value) {
        return switch (value) {
            case null -> null;
            case String text -> text(text);
            case Record record -> rebuilt(record);
            case Optional<?> optional -> optional.map(this::value);
            case Set<?> set -> new LinkedHashSet<>(all(set));
            case Collection<?> list -> all(list);
            case Map<?, ?> map -> {
                Map<Object, Object> masked = new TreeMap<>();
                map.forEach((key, each) -> masked.put(value(key), value(each)));
                yield masked;
            }
            default -> value;
        };
    }

    private List<Object> all(Collection<?> values) {
        List<Object> masked = new ArrayList<>();
        values.forEach(each -> masked.add(value(each)));
        return masked;
    }

    private Record rebuilt(Record record) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        try {
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                components[i].getAccessor().setAccessible(true);
                values[i] = value(components[i].getAccessor().invoke(record));
            }
            Constructor<?> constructor = record.getClass().getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return (Record) constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(record.getClass() + " cannot be masked: " + e, e);
        }
    }
}
