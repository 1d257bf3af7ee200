package dev.holdfast.cli.output;

import java.time.Duration;

/** Durations for people: three figures are enough. */
public final class Span {

    private Span() {}

    /** {@code 480 ms}, {@code 3.2 s}, {@code 4 m 10 s}, {@code 3 h 5 m}, {@code 2 d 4 h}; a dash for null. */
    public static String of(Duration duration) {
        if (duration == null) {
            return "-";
        }
        long millis = duration.toMillis();
        if (Math.abs(millis) < 1_000) {
            return millis + " ms";
        }
        if (Math.abs(millis) < 60_000) {
            return "%d.%d s".formatted(millis / 1_000, Math.abs(millis) % 1_000 / 100);
        }
        long seconds = duration.toSeconds();
        if (seconds < 3_600) {
            return two(seconds / 60, "m", seconds % 60, "s");
        }
        return seconds < 86_400
                ? two(seconds / 3_600, "h", seconds % 3_600 / 60, "m")
                : two(seconds / 86_400, "d", seconds % 86_400 / 3_600, "h");
    }

    private static String two(long large, String largeUnit, long small, String smallUnit) {
        return large + " " + largeUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }
}
