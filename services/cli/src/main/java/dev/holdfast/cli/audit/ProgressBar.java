package dev.holdfast.cli.audit;

import dev.holdfast.audit.check.Bounds;
import dev.holdfast.cli.output.Screen;

/** How far a verb has come through a journal: on a terminal a bar that moves, elsewhere a line now and then. */
final class ProgressBar {

    private static final int WIDTH = 30;
    private static final long TERMINAL_EVERY_NANOS = 100_000_000L;
    private static final long ELSEWHERE_EVERY_NANOS = 5_000_000_000L;

    private final Screen screen;
    private final String verb;
    private final long total;
    private final boolean terminal = System.console() != null && System.console().isTerminal();
    private final long begun = System.nanoTime();
    private long shown = begun;

    /**
     * @param verb what is done to entries, as {@code replayed}
     * @param bounds says how many there are, if that is known
     */
    ProgressBar(Screen screen, String verb, Bounds bounds) {
        this.screen = screen;
        this.verb = verb;
        this.total = bounds.head() == null ? 0 : bounds.head().entries();
    }

    void at(long entries) {
        long now = System.nanoTime();
        if (now - shown < (terminal ? TERMINAL_EVERY_NANOS : ELSEWHERE_EVERY_NANOS)) {
            return;
        }
        shown = now;
        if (terminal) {
            screen.err().print("\r" + text(entries));
            screen.err().flush();
        } else {
            screen.progress(text(entries));
        }
    }

    /** All is done: the bar goes. */
    void end(long entries) {
        if (terminal && shown != begun) {
            screen.err().println("\r" + text(entries));
            screen.err().flush();
        }
    }

    private String text(long entries) {
        long perSecond = Math.round(entries / Math.max(1e-9, (System.nanoTime() - begun) / 1e9));
        String rate = "%,d entries %s, %,d a second".formatted(entries, verb, perSecond);
        if (total == 0) {
            return rate;
        }
        double share = Math.min(1, (double) entries / total);
        int full = (int) (WIDTH * share);
        return "[" + "#".repeat(full) + "-".repeat(WIDTH - full) + "] %3d %%, ".formatted((int) (100 * share)) + rate;
    }
}
