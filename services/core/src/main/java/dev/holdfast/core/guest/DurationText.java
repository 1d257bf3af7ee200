package dev.holdfast.core.guest;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How durations are written in files and messages: a whole number and one unit, {@code 500ms 5s 10m 24h}. */
public final class DurationText {

    /** What {@link #parse} accepts, for messages. */
    public static final String FORM = "must be a whole number and a unit, ms, s, m or h, for example 500ms or 5s";

    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,12})\\s?(ms|s|m|h)");
    private static final Map<String, Duration> UNITS = Map.of(
            "ms", Duration.ofMillis(1), "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1), "h", Duration.ofHours(1));

    private DurationText() {
    }

    /** The duration written as {@code text}, or empty if it is not of the {@link #FORM}. */
    public static Optional<Duration> parse(String text) {
        Matcher written = WRITTEN.matcher(text.strip());
        if (!written.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(UNITS.get(written.group(2)).multipliedBy(Long.parseLong(written.group(1))));
        } catch (ArithmeticException | DateTimeException tooLong) {
            return Optional.empty();
        }
    }

    /** The shortest exact form in one unit, for example {@code 90 s}; below a millisecond it is rounded down. */
    public static String of(Duration duration) {
        long millis = duration.toMillis();
        if (millis == 0 || millis % 1000 != 0) {
            return millis + " ms";
        }
        long seconds = millis / 1000;
        if (seconds % 3600 == 0) {
            return seconds / 3600 + " h";
        }
        return seconds % 60 == 0 ? seconds / 60 + " m" : seconds + " s";
    }
}
