package dev.holdfast.simulator.world;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What a person is told of a run. Kept only when somebody wants to read it: telling costs more than happening. */
public final class Story {

    /** What happens all the time is told of the last seconds only. */
    private static final long ROUTINE_TOLD = 5 * Chance.SECOND;

    private record Line(long nanos, String what, boolean routine) {}

    private final boolean kept;
    private final List<Line> lines = new ArrayList<>();

    private Story(boolean kept) {
        this.kept = kept;
    }

    /** Keeps nothing. */
    public static Story untold() {
        return new Story(false);
    }

    public static Story kept() {
        return new Story(true);
    }

    void tell(long nanos, Supplier<String> what) {
        tell(nanos, what, false);
    }

    /** @param routine whether it happens all the time and only tells something shortly before the end */
    void tell(long nanos, Supplier<String> what, boolean routine) {
        if (kept) {
            lines.add(new Line(nanos, what.get(), routine));
        }
    }

    /** One line per happening, in order of time. */
    public List<String> lines() {
        long end = lines.isEmpty() ? 0 : lines.getLast().nanos();
        return lines.stream()
                .filter(line -> !line.routine() || line.nanos() > end - ROUTINE_TOLD)
                .map(line -> "%9.3f s  %s".formatted(line.nanos() / 1e9, line.what()))
                .toList();
    }
}
