package dev.holdfast.heartbeat;

import dev.holdfast.core.lease.Lease;
import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.message.Lapsed;
import dev.holdfast.core.message.NodeMessage;
import dev.holdfast.core.node.Timing;
import dev.holdfast.guard.client.Answer;
import dev.holdfast.guard.client.GuardClient;
import dev.holdfast.guard.clock.LeaseClock;
import dev.holdfast.guard.clock.TimeLeft;
import dev.holdfast.guard.clock.WitnessClock;
import dev.holdfast.messaging.TopicWriter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One incarnation's heart: beats, holds the lease, feeds the guard, and stops for good at the first lapse (rules R2
 * to R5). A heart is never used twice.
 */
public final class Heart implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Heart.class);

    /** Between two ticks the clocks of a running machine never part by more; a suspended machine's do. */
    private static final Duration SUSPENDED = Duration.ofMillis(250);

    /** Hears what becomes of a heart. */
    public interface Listener {

        /** The guard is armed: guests may be started from now on. */
        void armed();

        /** It is over; called once. */
        void lapsed(Lapsed.Reason reason, String detail);
    }

    private final Pulse pulse;
    private final Timing timing;
    private final LeaseClock leaseClock;
    private final WitnessClock witnessClock;
    private final SeenBeats seen;
    private final Supplier<Map<String, Long>> running;
    private final TopicWriter<NodeMessage> log;
    private final GuardClient guard;
    private final Listener listener;

    private final Lease lease = new Lease();
    private final AtomicLong ackedOffset = new AtomicLong(-1);
    private final AtomicBoolean armed = new AtomicBoolean();
    private final AtomicBoolean over = new AtomicBoolean();
    private final ScheduledExecutorService beating = timer("beat");
    private final ScheduledExecutorService feeding = timer("feed");
    private long seq;
    private Duration leaseTick;
    private Duration witnessTick;

    /**
     * @param running guests that run or may be starting here, with the epoch of each; asked at every beat
     * @param log a writer whose producer gives a record up within the lease
     */
    public Heart(
            Pulse pulse,
            Timing timing,
            LeaseClock leaseClock,
            WitnessClock witnessClock,
            SeenBeats seen,
            Supplier<Map<String, Long>> running,
            TopicWriter<NodeMessage> log,
            GuardClient guard,
            Listener listener) {
        this.pulse = pulse;
        this.timing = timing;
        this.leaseClock = leaseClock;
        this.witnessClock = witnessClock;
        this.seen = seen;
        this.running = running;
        this.log = log;
        this.guard = guard;
        this.listener = listener;
    }

    /** Sends the first beat and goes on from there. */
    public void begin() {
        leaseTick = leaseClock.now();
        witnessTick = witnessClock.now();
        beating.scheduleAtFixedRate(guarded(this::beat), 0, timing.beat().toNanos(), TimeUnit.NANOSECONDS);
        feeding.scheduleWithFixedDelay(guarded(this::feed), 0, feedInterval(), TimeUnit.NANOSECONDS);
    }

    private long feedInterval() {
        // Until armed, look often: the first grant should not wait for a whole interval.
        return Math.min(timing.feed().toNanos(), Duration.ofMillis(250).toNanos());
    }

    /** Whether guests may be started: the lease is held and the guard armed. */
    public boolean mayStartGuests() {
        return armed.get() && lease.isHeld(leaseClock.now());
    }

    /** Whether the lease is held. */
    public boolean holdsLease() {
        return lease.isHeld(leaseClock.now());
    }

    /** What is left of the lease, for metrics. */
    public Duration left() {
        return lease.left(leaseClock.now());
    }

    /** Ends this incarnation for a reason that only others can see. */
    public void lapse(Lapsed.Reason reason, String detail) {
        lease.lapse(reason);
        end(reason, detail);
    }

    private void beat() {
        if (suspended()) {
            lapse(Lapsed.Reason.SUSPENDED, "the machine was suspended: its clocks parted");
            return;
        }
        if (!lease.maySend(leaseClock.now())) {
            noticeLapse();
            return;
        }
        // First what is quoted, then the clocks, then the sending: all that is quoted happened before sentAt.
        Map<String, Heartbeat.Seen> quoted = seen.now();
        long acked = ackedOffset.get();
        Duration witnessSentAt = witnessClock.now();
        Duration leaseSentAt = leaseClock.now();
        // The guests last: one that is named here was not yet reported stopped at sentAt (rule R10).
        Map<String, Long> guests = running.get();
        Heartbeat beat = new Heartbeat(
                pulse.node(), pulse.topicId(), pulse.incarnation(), pulse.bootId(), ++seq, quoted, acked,
                witnessSentAt, timing.lease(), timing.wd(), pulse.guardKind(), pulse.settingsVersion(), guests);
        lease.sent(leaseSentAt, timing.lease());
        log.send(pulse.node(), beat, (metadata, failure) -> onAck(leaseSentAt, metadata, failure));
    }

    /** Runs on the producer's thread. The clock is read first of all: what follows may take its time. */
    private void onAck(Duration leaseSentAt, RecordMetadata metadata, Exception failure) {
        Duration now = leaseClock.now();
        if (failure != null) {
            LOG.debug("a beat was not acknowledged: {}", failure.toString());
            return;
        }
        if (lease.acknowledged(leaseSentAt, timing.lease(), now)) {
            ackedOffset.accumulateAndGet(metadata.offset(), Math::max);
        }
    }

    private boolean suspended() {
        Duration leaseNow = leaseClock.now();
        Duration witnessNow = witnessClock.now();
        Duration parted = leaseNow.minus(leaseTick).minus(witnessNow.minus(witnessTick));
        leaseTick = leaseNow;
        witnessTick = witnessNow;
        return parted.compareTo(SUSPENDED) > 0;
    }

    private void feed() {
        Duration now = leaseClock.now();
        if (noticeLapse() || !lease.mayFeed(now, timing.wd())) {
            return;
        }
        TimeLeft left = leaseClock.until(now.plus(lease.left(now)));
        if (armed.get()) {
            reportRefusal(guard.feed(pulse.incarnation(), left, timing.wd()));
            return;
        }
        Answer<Duration> answer = guard.arm(pulse.incarnation(), left, timing.wd());
        if (answer.isGiven()) {
            armed.set(true);
            listener.armed();
        } else {
            reportRefusal(answer);
        }
    }

    private static void reportRefusal(Answer<Duration> answer) {
        if (answer instanceof Answer.Refused<Duration> refused) {
            LOG.warn("the guard was not fed: {} ({})", refused.detail(), refused.reason());
        }
    }

    private boolean noticeLapse() {
        Lapsed.Reason reason = lease.lapsed(leaseClock.now());
        if (reason != null) {
            end(reason, lease.wasGranted()
                    ? "no heartbeat was acknowledged for " + timing.lease().toMillis() + " ms"
                    : "the first heartbeat was not acknowledged within " + timing.lease().toMillis() + " ms");
        }
        return reason != null;
    }

    private void end(Lapsed.Reason reason, String detail) {
        if (over.compareAndSet(false, true)) {
            beating.shutdown();
            feeding.shutdown();
            listener.lapsed(reason, detail);
        }
    }

    /** A failed tick must not end the ticking: that would be a silent lapse. */
    private static Runnable guarded(Runnable tick) {
        return () -> {
            try {
                tick.run();
            } catch (RuntimeException failed) {
                LOG.warn("a tick of the heart failed, going on", failed);
            }
        };
    }

    private static ScheduledExecutorService timer(String name) {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(name).daemon().factory());
    }

    /** Stops without a word on the log; the lease runs out by itself. */
    @Override
    public void close() {
        over.set(true);
        beating.shutdownNow();
        feeding.shutdownNow();
    }
}
