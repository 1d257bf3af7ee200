package dev.holdfast.cli.command;

import dev.holdfast.cli.Failure;
import dev.holdfast.core.guest.DurationText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A moment on the command line: a duration before now, or a time. */
public final class Since {

    private Since() {}

    /**
     * Reads one.
     *
     * @param option that it was given with, for the error
     * @throws Failure if it is neither
     */
    public static Instant parse(String option, String text, Instant now) {
        Optional<Duration> ago = DurationText.parse(text);
        if (ago.isPresent()) {
            return now.minus(ago.get());
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeException neither) {
            throw Failure.badInput(option + " '" + text
                    + "': must be a duration before now, for example 10m, or a time, for example 2026-11-23T10:00:00Z");
        }
    }
}
