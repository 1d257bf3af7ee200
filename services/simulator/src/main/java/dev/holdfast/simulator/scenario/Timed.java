package dev.holdfast.simulator.scenario;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of a timeline.
 *
 * @param tenths of a second since the command before it
 * @param text what happened
 */
public record Timed(long tenths, String text) {

    private static final Pattern WRITTEN = Pattern.compile("\\+(\\d{1,7})\\.(\\d) s\\s+(\\S.*)");
    private static final int WIDTH = 12;

    static Timed after(Duration time, String text) {
        return new Timed(Math.round(time.toNanos() / 1e8), text);
    }

    /**
     * Reads what {@link #toString} writes.
     *
     * @throws IllegalArgumentException saying how it is written
     */
    static Timed parse(String line) {
        Matcher written = WRITTEN.matcher(line.strip());
        if (!written.matches()) {
            throw new IllegalArgumentException("an expected line is '" + line.strip()
                    + "'; it must be like '+11.2 s  a is fenced', the time since the command above in tenths of seconds");
        }
        return new Timed(
                Long.parseLong(written.group(1)) * 10 + Long.parseLong(written.group(2)), written.group(3).strip());
    }

    /** Text where times stand. */
    static String indented(String text) {
        return " ".repeat(WIDTH - "+0.0 s".length()) + text;
    }

    /** As it stands in a scenario, below its command. */
    @Override
    public String toString() {
        String time = "+" + tenths / 10 + "." + tenths % 10 + " s";
        return " ".repeat(Math.max(1, WIDTH - time.length())) + time + "  " + text;
    }
}
