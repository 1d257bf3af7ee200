package dev.holdfast.recovery.spec;

import dev.holdfast.core.guest.GuestSpec;
import java.util.List;

/** What came of reading a guest spec. */
public sealed interface GuestSpecReading {

    /** The file describes this guest. */
    record Accepted(GuestSpec spec) implements GuestSpecReading {
    }

    /** The file is refused; at least one problem, in the order of the file, at most 50. */
    record Refused(List<Problem> problems) implements GuestSpecReading {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
