package dev.holdfast.simulator.scenario;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as they are written in a scenario: {@code 0 s}, {@code 12.5 s}, {@code 3 m}. */
final class Times {

    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,6})(?:\\.(\\d{1,3}))? ?(s|m|h)");
    private static final long MILLI = 1_000;

    private Times() {}

    /** @throws IllegalArgumentException naming the field, the value and the rule */
    static Duration parse(String field, String text) {
        Matcher written = WRITTEN.matcher(text.strip());
        if (!written.matches()) {
            throw new IllegalArgumentException(
                    field + " is '" + text.strip() + "'; it must be a number and s, m or h, for example 12.5 s or 3 m");
        }
        String fraction = written.group(2) == null ? "" : written.group(2);
        long thousandths = Long.parseLong(written.group(1)) * MILLI + Long.parseLong((fraction + "000").substring(0, 3));
        long seconds = switch (written.group(3)) {
            case "s" -> 1;
            case "m" -> 60;
            default -> 3_600;
        };
        return Duration.ofMillis(thousandths * seconds);
    }

    /** The shortest form in seconds. */
    static String of(Duration time) {
        long millis = time.toMillis();
        return millis % MILLI == 0 ? millis / MILLI + " s" : (millis / (double) MILLI) + " s";
    }
}
