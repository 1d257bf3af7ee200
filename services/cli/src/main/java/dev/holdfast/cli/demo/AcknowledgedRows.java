package dev.holdfast.cli.demo;

import java.util.Arrays;

/** Which rows the database has acknowledged, and when; rows are numbered from 1. */
final class AcknowledgedRows {

    private final int most;
    private final long origin = System.nanoTime();
    private long[] afterOrigin = new long[1024];
    private int next = 1;
    private int count;

    AcknowledgedRows(int most) {
        this.most = most;
    }

    /** A number never given before, or 0 if there are no more. */
    synchronized int next() {
        return next <= most ? next++ : 0;
    }

    synchronized void acknowledge(int id, long nanoTime) {
        if (id >= afterOrigin.length) {
            afterOrigin = Arrays.copyOf(afterOrigin, Math.max(id + 1, afterOrigin.length * 2));
        }
        afterOrigin[id] = Math.max(1, nanoTime - origin);
        count++;
    }

    synchronized int count() {
        return count;
    }

    /** What is acknowledged now; later acknowledgements do not change it. */
    synchronized Snapshot snapshot() {
        return new Snapshot(origin, Arrays.copyOf(afterOrigin, Math.min(afterOrigin.length, next)));
    }

    /** Acknowledged rows at one moment. */
    record Snapshot(long origin, long[] afterOrigin) {

        int highest() {
            return afterOrigin.length - 1;
        }

        boolean contains(int id) {
            return id > 0 && id < afterOrigin.length && afterOrigin[id] > 0;
        }

        /** {@link System#nanoTime} of its acknowledgement; only for what is contained. */
        long acknowledgedAt(int id) {
            return origin + afterOrigin[id];
        }

        boolean containsBefore(int id, long nanoTime) {
            return contains(id) && acknowledgedAt(id) - nanoTime <= 0;
        }
    }
}
