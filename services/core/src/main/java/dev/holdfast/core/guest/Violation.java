package dev.holdfast.core.guest;

import java.util.Objects;

/**
 * One broken rule of a guest spec.
 *
 * @param field path of the field below the record that refused it, for example {@code interval} or {@code command[2]}
 * @param value what was given, as text; {@code null} when nothing was given
 * @param rule  what is allowed, as a sentence that also says what to do, for example "must be 1 s to 24 h"
 */
public record Violation(String field, String value, String rule) {

    public Violation {
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(rule, "rule");
    }

    /** The same violation seen from the record around it: {@code interval} becomes {@code probe.interval}. */
    public Violation within(String outer) {
        return new Violation(outer + "." + field, value, rule);
    }

    @Override
    public String toString() {
        return value == null ? "%s %s".formatted(field, rule) : "%s '%s' %s".formatted(field, value, rule);
    }
}
