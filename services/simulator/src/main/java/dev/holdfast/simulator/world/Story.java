package dev.holdfast.simulator.world;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What a person is told of a run. Kept only when somebody wants to read it: telling costs more than happening. */
public final class Story {

    private final boolean kept;
    private final List<String> lines = new ArrayList<>();

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
        if (kept) {
            lines.add("%9.3f s  %s".formatted(nanos / 1e9, what.get()));
        }
    }

    /** One line per happening, in order of time. */
    public List<String> lines() {
        return lines;
    }
}
