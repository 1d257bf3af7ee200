package dev.holdfast.core.agent;

import dev.holdfast.core.lease.Lease;
import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.message.Lapsed;
import dev.holdfast.core.node.Timing;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * What one incarnation's heart does at each tick, without timers, log or guard: in which order a beat is put together
 * (rule R2), what an acknowledgement renews (R3), when the guard may be fed (R5), and when it is over. Beats come from
 * one thread, acknowledgements and feedings from others.
 */
public final class Beating {

    /** Between two ticks the clocks of a running machine never part by more; a suspended machine's do. */
    private static final Duration SUSPENDED = Duration.ofMillis(250);

    /** The machine's two clocks (rule R4). */
    public interface Clocks {

        /** The larger advance. */
        Duration lease();

        /** The smaller advance. */
        Duration witness();
    }

    /** What a tick comes to. */
    public sealed interface Beat {

        /** Send it; its acknowledgement renews the lease from {@code leaseSentAt}. */
        record Send(Heartbeat beat, Duration leaseSentAt) implements Beat {}

        /** No more beats. */
        record Over(Lapsed.Reason reason, String detail) implements Beat {}
    }

    /** What a look at the guard comes to. */
    public sealed interface Feeding {

        /** Feed it, or arm it: the lease is held until then. */
        record Feed(Duration now, Duration until) implements Feeding {}

        /** Not now. */
        record Wait() implements Feeding {}

        /** Never again. */
        record Over(Lapsed.Reason reason, String detail) implements Feeding {}
    }

    private final Pulse pulse;
    private final Timing timing;
    private final Lease lease;
    private final Clocks clocks;
    private final Supplier<Map<String, Heartbeat.Seen>> seen;
    private final Supplier<Map<String, Long>> running;
    private final AtomicLong ackedOffset = new AtomicLong(-1);
    private long seq;
    private Duration leaseTick;
    private Duration witnessTick;

    /**
     * @param seen what was read of the other voters up to now
     * @param running guests that run or may be starting here, with the epoch of each; asked at every beat
     */
    public Beating(
            Pulse pulse,
            Timing timing,
            Lease lease,
            Clocks clocks,
            Supplier<Map<String, Heartbeat.Seen>> seen,
            Supplier<Map<String, Long>> running) {
        this.pulse = pulse;
        this.timing = timing;
        this.lease = lease;
        this.clocks = clocks;
        this.seen = seen;
        this.running = running;
        this.leaseTick = clocks.lease();
        this.witnessTick = clocks.witness();
    }

    /** The next beat, or why there is none any more. */
    public Beat beat() {
        if (suspended()) {
            lease.lapse(Lapsed.Reason.SUSPENDED);
            return new Beat.Over(Lapsed.Reason.SUSPENDED, "the machine was suspended: its clocks parted");
        }
        Duration now = clocks.lease();
        if (!lease.maySend(now)) {
            return new Beat.Over(lease.lapsed(now), detail());
        }
        // First what is quoted, then the clocks, then the sending: all that is quoted happened before sentAt.
        Map<String, Heartbeat.Seen> quoted = seen.get();
        long acked = ackedOffset.get();
        Duration witnessSentAt = clocks.witness();
        Duration leaseSentAt = clocks.lease();
        // The guests last: one that is named here was not yet reported stopped at sentAt (rule R10).
        Map<String, Long> guests = running.get();
        seq++;
        Heartbeat beat = new Heartbeat(
                pulse.node(), pulse.topicId(), pulse.incarnation(), pulse.bootId(), seq, quoted, acked,
                witnessSentAt, timing.lease(), timing.wd(), pulse.guardKind(), pulse.settingsVersion(), guests);
        lease.sent(leaseSentAt, timing.lease());
        return new Beat.Send(beat, leaseSentAt);
    }

    private boolean suspended() {
        Duration leaseNow = clocks.lease();
        Duration witnessNow = clocks.witness();
        Duration parted = leaseNow.minus(leaseTick).minus(witnessNow.minus(witnessTick));
        leaseTick = leaseNow;
        witnessTick = witnessNow;
        return parted.compareTo(SUSPENDED) > 0;
    }

    /** The log took the beat of that time. Reads the clock first of all: what follows may take its time. */
    public void acknowledged(Duration leaseSentAt, long offset) {
        Duration now = clocks.lease();
        if (lease.acknowledged(leaseSentAt, timing.lease(), now)) {
            ackedOffset.accumulateAndGet(offset, Math::max);
        }
    }

    /** Whether the guard may be fed now, or armed: opening is a pet. */
    public Feeding feed() {
        Duration now = clocks.lease();
        Lapsed.Reason reason = lease.lapsed(now);
        if (reason != null) {
            return new Feeding.Over(reason, detail());
        }
        return lease.mayFeed(now, timing.wd()) ? new Feeding.Feed(now, now.plus(lease.left(now))) : new Feeding.Wait();
    }

    /** Ends the lease for a reason that only others can see. */
    public void lapse(Lapsed.Reason reason) {
        lease.lapse(reason);
    }

    /** Whether the lease is held. */
    public boolean holdsLease() {
        return lease.isHeld(clocks.lease());
    }

    /** What is left of the lease, for metrics. */
    public Duration left() {
        return lease.left(clocks.lease());
    }

    private String detail() {
        return lease.wasGranted()
                ? "no heartbeat was acknowledged for " + timing.lease().toMillis() + " ms"
                : "the first heartbeat was not acknowledged within " + timing.lease().toMillis() + " ms";
    }
}
