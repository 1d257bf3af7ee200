package dev.holdfast.core.model.silence;

import java.util.ArrayList;
import java.util.List;

/**
 * The node a, whose silence is to be proven: its lease, its watchdog, its guest, each driven by a thread that may stop
 * between any look at a clock and what it does next. Times are ms of its own clock.
 *
 * @param beats all that were sent, oldest first
 * @param maySend it looked and found that it may send; it has not sent yet
 * @param ack place of a beat whose acknowledgement came, the clock was read, and the lease not yet touched
 * @param ackReadAt what the clock said then
 * @param mayFeed it looked and found that it may feed, or arm; it has not done so yet
 * @param deadline when the watchdog fires; {@link Held#NONE} while unarmed
 * @param started a start was accepted: its guest runs until the watchdog ends it
 */
record Subject(
        List<Beat> beats, Held lease, boolean maySend, int ack, int ackReadAt, boolean mayFeed, int deadline,
        boolean started) {

    enum Stage {
        IN_FLIGHT,
        /** On the log; the acknowledgement may come, late or never. */
        ON_LOG,
        ACKNOWLEDGED
    }

    record Beat(int sentAt, int lease, Stage stage) {

        /** Once it has done its part in the lease its times say nothing any more. */
        Beat acknowledged() {
            return new Beat(0, 0, Stage.ACKNOWLEDGED);
        }
    }

    static final Subject NEW =
            new Subject(List.of(), Held.NOT_BEGUN, false, Held.NONE, 0, false, Held.NONE, false);

    boolean isArmed(int now) {
        return deadline != Held.NONE && now < deadline;
    }

    boolean hasFired(int now) {
        return deadline != Held.NONE && now >= deadline;
    }

    /** Place of the oldest beat at that stage; {@link Held#NONE} for none. */
    int oldest(Stage stage) {
        for (int i = 0; i < beats.size(); i++) {
            if (beats.get(i).stage == stage) {
                return i;
            }
        }
        return Held.NONE;
    }

    int lastSentAt() {
        return beats.isEmpty() ? -1 : beats.getLast().sentAt;
    }

    Subject with(Held next) {
        return new Subject(beats, next, maySend, ack, ackReadAt, mayFeed, deadline, started);
    }

    Subject withMaySend(Held next) {
        return new Subject(beats, next, true, ack, ackReadAt, mayFeed, deadline, started);
    }

    Subject sent(Beat beat, Held next) {
        List<Beat> more = new ArrayList<>(beats);
        more.add(beat);
        return new Subject(List.copyOf(more), next, false, ack, ackReadAt, mayFeed, deadline, started);
    }

    Subject with(int place, Beat beat) {
        List<Beat> changed = new ArrayList<>(beats);
        changed.set(place, beat);
        return new Subject(List.copyOf(changed), lease, maySend, ack, ackReadAt, mayFeed, deadline, started);
    }

    /** The lease is over for ever: what acknowledgements could still do for it need not be told apart any more. */
    Subject afterLease() {
        List<Beat> rest = beats.stream()
                .map(beat -> beat.stage == Stage.IN_FLIGHT ? beat : beat.acknowledged())
                .toList();
        return new Subject(rest, Held.OVER, maySend, Held.NONE, 0, mayFeed, deadline, started);
    }

    Subject hearsOf(int place, int now) {
        return new Subject(beats, lease, maySend, place, now, mayFeed, deadline, started);
    }

    Subject heard(Held next) {
        return new Subject(
                with(ack, beats.get(ack).acknowledged()).beats, next, maySend, Held.NONE, 0, mayFeed, deadline,
                started);
    }

    Subject withMayFeed(Held next) {
        return new Subject(beats, next, maySend, ack, ackReadAt, true, deadline, started);
    }

    Subject fed(int until) {
        return new Subject(beats, lease, maySend, ack, ackReadAt, false, until, started);
    }

    Subject withStarted() {
        return new Subject(beats, lease, maySend, ack, ackReadAt, mayFeed, deadline, true);
    }
}
