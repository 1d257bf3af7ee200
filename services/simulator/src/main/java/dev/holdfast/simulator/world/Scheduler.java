package dev.holdfast.simulator.world;

import java.util.Arrays;

/**
 * Virtual time: what is to happen, in order of its time and then of its scheduling. A binary heap over arrays, since
 * everything that happens in a simulation goes through here.
 */
final class Scheduler {

    private long[] times = new long[256];
    private long[] sequences = new long[256];
    private Runnable[] events = new Runnable[256];
    private int size;
    private long sequence;
    private long now;
    private long happened;
    private long trace = 17;

    /** Virtual nanoseconds since the beginning. */
    long now() {
        return now;
    }

    /** How much has happened. */
    long happened() {
        return happened;
    }

    /** A hash of everything that happened so far: equal for equal runs. */
    long trace() {
        return trace;
    }

    /** Makes a fact part of the trace. */
    void mark(long fact) {
        trace = (trace ^ fact) * 0x9E3779B97F4A7C15L;
        trace ^= trace >>> 29;
    }

    void in(long nanos, Runnable event) {
        at(now + nanos, event);
    }

    void at(long time, Runnable event) {
        if (size == times.length) {
            times = Arrays.copyOf(times, size * 2);
            sequences = Arrays.copyOf(sequences, size * 2);
            events = Arrays.copyOf(events, size * 2);
        }
        int hole = size++;
        long due = Math.max(time, now);
        long number = sequence++;
        while (hole > 0) {
            int parent = (hole - 1) >>> 1;
            if (!before(due, number, parent)) {
                break;
            }
            move(parent, hole);
            hole = parent;
        }
        put(hole, due, number, event);
    }

    /** Whether anything is left to happen before that time. */
    boolean isDue(long time) {
        return size > 0 && times[0] < time;
    }

    /** Goes on to that time if nothing is left to happen before it. */
    void advanceTo(long time) {
        if (!isDue(time)) {
            now = Math.max(now, time);
        }
    }

    /** Lets the next thing happen; false if nothing is left. */
    boolean next() {
        if (size == 0) {
            return false;
        }
        now = times[0];
        Runnable event = events[0];
        mark(now + sequences[0]);
        happened++;
        removeFirst();
        event.run();
        return true;
    }

    private void removeFirst() {
        size--;
        long due = times[size];
        long number = sequences[size];
        Runnable last = events[size];
        events[size] = null;
        if (size == 0) {
            return;
        }
        int hole = 0;
        while (true) {
            int child = 2 * hole + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && before(times[child + 1], sequences[child + 1], child)) {
                child++;
            }
            if (before(due, number, child)) {
                break;
            }
            move(child, hole);
            hole = child;
        }
        put(hole, due, number, last);
    }

    private boolean before(long due, long number, int other) {
        return due != times[other] ? due < times[other] : number < sequences[other];
    }

    private void move(int from, int to) {
        put(to, times[from], sequences[from], events[from]);
    }

    private void put(int at, long due, long number, Runnable event) {
        times[at] = due;
        sequences[at] = number;
        events[at] = event;
    }
}
