package dev.holdfast.recovery.spec;

import dev.holdfast.core.guest.InvalidGuestSpec;
import dev.holdfast.core.guest.Violation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Collects what is wrong with one file and knows on which line each field stands. */
final class Problems {

    /** More would not be read by anybody. */
    private static final int MOST = 50;

    private final String file;
    private final List<Problem> found = new ArrayList<>();
    private final Map<String, Integer> lines = new HashMap<>();

    Problems(String file) {
        this.file = file;
    }

    /** Remembers where a field stands. */
    void locate(String field, int line) {
        lines.putIfAbsent(field, line);
    }

    void add(String field, String value, String rule) {
        addAt(lineOf(field), field, value, rule);
    }

    void addAt(int line, String field, String value, String rule) {
        Problem problem = new Problem(file, line, field, value, rule);
        if (found.size() < MOST && !found.contains(problem)) {
            found.add(problem);
        }
    }

    /** Makes a part of the spec; its violations are collected under the outer field, and the result is empty. */
    <T> Optional<T> collect(String outer, Supplier<T> part) {
        try {
            return Optional.of(part.get());
        } catch (InvalidGuestSpec invalid) {
            for (Violation violation : invalid.violations()) {
                Violation placed = outer.isEmpty() ? violation : violation.within(outer);
                if (!reported(placed.field())) {
                    add(placed.field(), placed.value(), placed.rule());
                }
            }
            return Optional.empty();
        }
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** In the order of the file. */
    List<Problem> all() {
        return found.stream().sorted(Comparator.comparingInt(Problem::line)).toList();
    }

    /** A field that could not be read has a stand-in value, of which nothing must be said. */
    private boolean reported(String field) {
        return found.stream().anyMatch(problem -> problem.field().equals(field));
    }

    /** The line of the field, or of the closest field around it. */
    private int lineOf(String field) {
        String path = field;
        while (!path.isEmpty()) {
            Integer line = lines.get(path);
            if (line != null) {
                return line;
            }
            path = path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
        }
        return lines.getOrDefault("", 0);
    }
}
