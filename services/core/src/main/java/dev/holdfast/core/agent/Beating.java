package dev.holdfast.core.agent;

import dev.holdfast.core.lease.Lease;
import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.message.Lapsed;
import dev.holdfast.core.node.PoolHealth;
import dev.holdfast.core.node.Timing;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
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

        /** Send it; its acknowledgement renews the lease from {@code leaseSentAt} by what it names. */
        record Send(Heartbeat beat, Duration leaseSentAt) implements Beat {}

        /** No more beats. */
        record Over(Lapsed.Reason reason, String detail) implements Beat {}
    }

    /** What a look at the guard comes to. */
    public sealed interface Feeding {

        /** Feed it with that watchdog time, or arm it: the lease is held until then. */
        record Feed(Duration now, Duration until, Duration wd) implements Feeding {}

        /** Not now. */
        record Wait() implements Feeding {}

        /** Never again. */
        record Over(Lapsed.Reason reason, String detail) implements Feeding {}
    }

    /** The newest own beat that the log took. */
    private record Acked(long seq, long offset) {}

    private final Pulse pulse;
    private final Pace pace;
    private final Lease lease;
    private final Clocks clocks;
    private final Supplier<Map<String, Heartbeat.Seen>> seen;
    private final Supplier<Map<String, Long>> running;
    private final Supplier<PoolHealth> pool;
    private final AtomicReference<Acked> acked = new AtomicReference<>(new Acked(0, -1));
    private long seq;
    private Duration leaseTick;
    private Duration witnessTick;

    /**
     * @param timing of the settings whose version the pulse names; newer ones are offered later
     * @param seen what was read of the other voters up to now
     * @param running guests that run or may be starting here, with the epoch of each; asked at every beat
     * @param pool what was last found of the pool of volumes, null if there is none; asked at every beat, so it must
     *     answer from memory and must not throw
     */
    public Beating(
            Pulse pulse,
            Timing timing,
            Lease lease,
            Clocks clocks,
            Supplier<Map<String, Heartbeat.Seen>> seen,
            Supplier<Map<String, Long>> running,
            Supplier<PoolHealth> pool) {
        this.pulse = pulse;
        this.pace = new Pace(pulse.settingsVersion(), timing);
        this.lease = lease;
        this.clocks = clocks;
        this.seen = seen;
        this.running = running;
        this.pool = pool;
        this.leaseTick = clocks.lease();
        this.witnessTick = clocks.witness();
    }

    /** Newer settings are in force. They are taken on with one of the next beats, without anything being stopped. */
    public void offer(long version, Timing timing) {
        pace.offer(version, timing);
    }

    /** What its beats name now. */
    public Timing timing() {
        return pace.named();
    }

    /** The next beat, or why there is none any more. */
    public Beat beat() {
        if (suspended()) {
            lease.lapse(Lapsed.Reason.SUSPENDED);
            return new Beat.Over(Lapsed.Reason.SUSPENDED, "the machine was suspended: its clocks parted");
        }
        // First what is quoted, then the clocks, then the sending: all that is quoted happened before sentAt.
        Map<String, Heartbeat.Seen> quoted = seen.get();
        Acked last = acked.get();
        Duration witnessSentAt = clocks.witness();
        Duration leaseSentAt = clocks.lease();
        // By that very clock: however long this thread stood still before, nothing is sent when the lease is over.
        if (!lease.maySend(leaseSentAt)) {
            return new Beat.Over(lease.lapsed(leaseSentAt), detail());
        }
        // The guests last: one that is named here was not yet reported stopped at sentAt (rule R10).
        Map<String, Long> guests = running.get();
        Pace.Settings named = pace.toName();
        seq++;
        Heartbeat beat = new Heartbeat(
                pulse.node(), pulse.topicId(), pulse.incarnation(), pulse.bootId(), seq, quoted, last.seq(),
                last.offset(), witnessSentAt, named.timing().lease(), named.timing().wd(), pulse.guardKind(),
                named.version(), guests, pool.get());
        lease.sent(leaseSentAt, beat.lease());
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

    /** The log took that beat. Reads the clock first of all: what follows may take its time. */
    public void acknowledged(Beat.Send sent, long offset) {
        Duration now = clocks.lease();
        if (lease.acknowledged(sent.leaseSentAt(), sent.beat().lease(), now)) {
            // The newest by its number: after a cut of the log it may stand at a lower offset.
            acked.accumulateAndGet(
                    new Acked(sent.beat().seq(), offset), (had, got) -> got.seq() > had.seq() ? got : had);
            pace.acknowledged(sent.beat().settingsVersion(), sent.beat().wd());
        }
    }

    /** Whether the guard may be fed now, or armed: opening is a pet. */
    public Feeding feed() {
        Duration now = clocks.lease();
        Lapsed.Reason reason = lease.lapsed(now);
        if (reason != null) {
            return new Feeding.Over(reason, detail());
        }
        Duration wd = pace.toFeed();
        return lease.mayFeed(now, wd) ? new Feeding.Feed(now, now.plus(lease.left(now)), wd) : new Feeding.Wait();
    }

    /** The guard has taken that feeding, or was armed with it. */
    public void fed(Feeding.Feed feeding) {
        pace.fed(feeding.wd());
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
        long length = timing().lease().toMillis();
        return lease.wasGranted()
                ? "no heartbeat was acknowledged for " + length + " ms"
                : "the first heartbeat was not acknowledged within " + length + " ms";
    }
}
