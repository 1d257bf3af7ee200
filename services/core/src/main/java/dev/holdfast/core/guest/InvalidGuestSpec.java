package dev.holdfast.core.guest;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A guest spec, or a part of one, breaks its rules. Carries every violation found, not only the first, so that a
 * person corrects a file once.
 */
public final class InvalidGuestSpec extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient List<Violation> violations;

    public InvalidGuestSpec(List<Violation> violations) {
        super(violations.stream().map(Violation::toString).collect(Collectors.joining("; ")));
        this.violations = List.copyOf(violations);
    }

    /** At least one, in the order of the record's fields. */
    public List<Violation> violations() {
        return violations;
    }
}
