package dev.holdfast.core.guest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Collects the broken rules of one record; {@link #refuseIfAny} ends a compact constructor. */
final class Checks {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?");

    private final List<Violation> found = new ArrayList<>();

    /** A name of ours: it becomes a Kafka key, a folder and part of a host name, so it stays within all three. */
    Checks name(String field, String value) {
        return that(value != null && NAME.matcher(value).matches(), field, value,
                "must be 1 to 40 characters a-z, 0-9 or '-', not beginning or ending with '-'");
    }

    Checks given(String field, Object value) {
        return that(value != null, field, null, "must be given");
    }

    Checks between(String field, Duration value, Duration least, Duration most) {
        boolean inside = value != null && value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
        return that(inside, field, value == null ? null : DurationText.of(value),
                "must be %s to %s".formatted(DurationText.of(least), DurationText.of(most)));
    }

    Checks between(String field, int value, int least, int most) {
        return that(value >= least && value <= most, field, Integer.toString(value),
                "must be %d to %d".formatted(least, most));
    }

    /** Text that goes to a process or a driver: present, bounded, and free of the one character no process can get. */
    Checks text(String field, String value, int mostCharacters) {
        if (value == null) {
            return given(field, null);
        }
        that(value.length() <= mostCharacters, field, shortened(value),
                "must have at most %d characters, has %d".formatted(mostCharacters, value.length()));
        return that(value.indexOf('\0') < 0, field, shortened(value), "must not contain a NUL character");
    }

    /** A text that no message may repeat; {@code null} is allowed. */
    Checks secret(String field, String value, int mostCharacters) {
        return that(value == null || (value.length() <= mostCharacters && value.indexOf('\0') < 0), field, "(not shown)",
                "must have at most %d characters and no NUL character".formatted(mostCharacters));
    }

    /** Placeholders are checked when the spec is made, not when the guest is started on a bad night. */
    Checks placeholders(String field, String value) {
        if (value != null) {
            Placeholders.problemsOf(value).forEach(rule -> that(false, field, shortened(value), rule));
        }
        return this;
    }

    Checks that(boolean holds, String field, String value, String rule) {
        if (!holds) {
            found.add(new Violation(field, value, rule));
        }
        return this;
    }

    void refuseIfAny() {
        if (!found.isEmpty()) {
            throw new InvalidGuestSpec(found);
        }
    }

    private static String shortened(String value) {
        return value.length() <= 80 ? value : value.substring(0, 77) + "...";
    }
}
