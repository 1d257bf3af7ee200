package dev.holdfast.core.model.volume;

import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.volume.ReplicaFloor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One node, as far as the guest's volume goes.
 *
 * @param k its incarnation, or that of its next life while it is down
 * @param floor on disk; null for none
 * @param held complete snapshots, oldest first; on disk
 * @param receiving streams that were let in and have not ended
 * @param live the live volume; null for none; on disk
 * @param runs epoch under which the guest runs here; 0 for not
 * @param work the order being carried out; null for none
 */
record Site(
        boolean up, int k, ReplicaFloor floor, List<Snap> held, List<Snap> receiving, Live live, int runs,
        Work work) {

    private static final Comparator<Snap> BY_AGE =
            Comparator.comparingInt(Snap::epoch).thenComparingInt(Snap::sequence);

    /**
     * @param madeBy epoch of the promotion that made it; 0 if none did
     * @param writtenBy epoch under which it was written last; 0 if it was not since it was made
     */
    record Live(int madeBy, int writtenBy) {

        int epoch() {
            return Math.max(madeBy, writtenBy);
        }
    }

    /** How far an order has come. Each step is durable, and the node may fail after it. */
    enum Step {
        FLOOR_FILED,
        RECEIVES_DEAD,
        OLD_LIVE_ASIDE
    }

    record Work(Order order, Step step) {}

    static String name(int node) {
        return String.valueOf((char) ('a' + node));
    }

    static Site empty() {
        return new Site(true, 1, null, List.of(), List.of(), null, 0, null);
    }

    Incarnation incarnation() {
        return new Incarnation(1, k);
    }

    Snap newest() {
        return held.isEmpty() ? null : held.getLast();
    }

    Site fails() {
        return new Site(false, k + 1, floor, held, List.of(), live, 0, null);
    }

    Site returns() {
        return new Site(true, k, floor, held, List.of(), live, 0, null);
    }

    Site with(ReplicaFloor next) {
        return new Site(up, k, next, held, receiving, live, runs, work);
    }

    Site withWork(Work next) {
        return new Site(up, k, floor, held, receiving, live, runs, next);
    }

    Site withLive(Live next) {
        return new Site(up, k, floor, held, receiving, next, runs, work);
    }

    Site runs(int epoch) {
        return new Site(up, k, floor, held, receiving, new Live(live.madeBy, epoch), epoch, work);
    }

    Site ends() {
        return new Site(up, k, floor, held, receiving, live, 0, work);
    }

    Site receives(Snap snap) {
        return new Site(up, k, floor, held, sorted(receiving, snap), live, runs, work);
    }

    Site withoutReceives() {
        return new Site(up, k, floor, held, List.of(), live, runs, work);
    }

    Site stores(Snap snap) {
        List<Snap> rest = receiving.stream().filter(other -> !other.equals(snap)).toList();
        return new Site(up, k, floor, sorted(held, snap), rest, live, runs, work);
    }

    private static List<Snap> sorted(List<Snap> snaps, Snap more) {
        List<Snap> all = new ArrayList<>(snaps);
        all.add(more);
        return all.stream().distinct().sorted(BY_AGE).toList();
    }

    @Override
    public String toString() {
        return (up ? "up " : "down ") + k + (floor == null ? "" : " floor " + floor.epoch())
                + (held.isEmpty() ? "" : " holds " + held) + (receiving.isEmpty() ? "" : " receives " + receiving)
                + (live == null ? "" : " live " + live.epoch()) + (runs > 0 ? " runs " + runs : "")
                + (work == null ? "" : " " + work.order + " " + work.step);
    }
}
