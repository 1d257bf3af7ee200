package dev.holdfast.cli.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Values of one kind; absent ones are not among them. */
record Series(List<Double> values) {

    Series {
        values = values.stream().sorted().toList();
    }

    static Series of(Double... values) {
        return new Series(Arrays.asList(values));
    }

    /** The middle one, or the mean of the two in the middle; empty for no values. */
    OptionalDouble median() {
        int count = values.size();
        if (count == 0) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of((values.get((count - 1) / 2) + values.get(count / 2)) / 2);
    }

    OptionalDouble max() {
        return values.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(values.getLast());
    }

    /** Milliseconds as {@code median / max} in seconds; a dash for none. */
    String inSeconds() {
        return values.isEmpty() ? "–"
                : String.format(Locale.ROOT, "%.2f / %.2f", median().getAsDouble() / 1_000, max().getAsDouble() / 1_000);
    }

    /** As they are, as {@code median / max}; a dash for none. */
    String plain() {
        return values.isEmpty() ? "–"
                : String.format(Locale.ROOT, "%.0f / %.0f", median().getAsDouble(), max().getAsDouble());
    }
}
