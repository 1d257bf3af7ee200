package dev.holdfast.cli.demo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** When the database answered, seen by all connections together. Every time is a {@link System#nanoTime}. */
final class AnswerTimeline {

    /** A client that is cut off every second for hours keeps its latest gaps. */
    private static final int MOST_GAPS = 10_000;

    private final long lostAfterNanos;
    private final LoadListener listener;
    private final List<Gap> gaps = new ArrayList<>();
    private boolean begun;
    private boolean lost;
    private long last;
    private Gap longest;

    AnswerTimeline(long lostAfterNanos, LoadListener listener) {
        this.lostAfterNanos = lostAfterNanos;
        this.listener = listener;
    }

    /** An answer arrived. Threads may report slightly out of order; an older answer than the last changes nothing. */
    synchronized void answered(long now) {
        if (!begun) {
            begun = true;
            last = now;
            return;
        }
        if (now - last <= 0) {
            return;
        }
        noticeLoss(now);
        Gap gap = new Gap(last, now, true);
        if (longest == null || gap.length().compareTo(longest.length()) > 0) {
            longest = gap;
        }
        last = now;
        if (lost) {
            lost = false;
            keep(gap);
            listener.answering(gap);
        }
    }

    /** To be called every few milliseconds, so that a loss is noticed while nobody answers. */
    synchronized void noticeLoss(long now) {
        if (begun && !lost && now - last >= lostAfterNanos) {
            lost = true;
            listener.lost(last);
        }
    }

    /** Whether there has been an answer and the database is not lost. */
    synchronized boolean answering() {
        return begun && !lost;
    }

    /** The longest time without an answer since the first one, be it reported as a loss or not. */
    synchronized Optional<Gap> longest(long now) {
        Stream<Gap> known = Stream.ofNullable(longest);
        return Stream.concat(known, current(now).stream()).max(Comparator.comparing(Gap::length));
    }

    /** The loss that a blow at this time caused: the longest that was not over by then; empty if there is none. */
    synchronized Optional<Gap> lossAfter(long at, long now) {
        return Stream.concat(gaps.stream(), current(now).stream())
                .filter(gap -> gap.to() - at > 0).max(Comparator.comparing(Gap::length));
    }

    private Optional<Gap> current(long now) {
        return lost ? Optional.of(new Gap(last, now, false)) : Optional.empty();
    }

    private void keep(Gap gap) {
        if (gaps.size() == MOST_GAPS) {
            gaps.removeFirst();
        }
        gaps.add(gap);
    }
}
