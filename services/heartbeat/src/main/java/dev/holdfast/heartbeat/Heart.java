package dev.holdfast.heartbeat;

import dev.holdfast.core.agent.Beating;
import dev.holdfast.core.agent.Pulse;
import dev.holdfast.core.agent.SeenBeats;
import dev.holdfast.core.lease.ChainedLease;
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
    private final TopicWriter<NodeMessage> log;
    private final GuardClient guard;
    private final Listener listener;

    private final Beating beating;
    private final AtomicBoolean armed = new AtomicBoolean();
    private final AtomicBoolean over = new AtomicBoolean();
    private final ScheduledExecutorService beats = timer("beat");
    private final ScheduledExecutorService feeds = timer("feed");

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
        this.log = log;
        this.guard = guard;
        this.listener = listener;
        this.beating = new Beating(
                pulse, timing, new ChainedLease(), new MachineClocks(leaseClock, witnessClock), seen::now, running);
    }

    private record MachineClocks(LeaseClock leaseClock, WitnessClock witnessClock) implements Beating.Clocks {

        @Override
        public Duration lease() {
            return leaseClock.now();
        }

        @Override
        public Duration witness() {
            return witnessClock.now();
        }
    }

    /** Sends the first beat and goes on from there. */
    public void begin() {
        beats.scheduleAtFixedRate(guarded(this::beat), 0, timing.beat().toNanos(), TimeUnit.NANOSECONDS);
        feeds.scheduleWithFixedDelay(guarded(this::feed), 0, feedInterval(), TimeUnit.NANOSECONDS);
    }

    private long feedInterval() {
        // Until armed, look often: the first grant should not wait for a whole interval.
        return Math.min(timing.feed().toNanos(), Duration.ofMillis(250).toNanos());
    }

    /** Whether guests may be started: the lease is held and the guard armed. */
    public boolean mayStartGuests() {
        return armed.get() && beating.holdsLease();
    }

    /** Whether the lease is held. */
    public boolean holdsLease() {
        return beating.holdsLease();
    }

    /** What is left of the lease, for metrics. */
    public Duration left() {
        return beating.left();
    }

    /** Ends this incarnation for a reason that only others can see. */
    public void lapse(Lapsed.Reason reason, String detail) {
        beating.lapse(reason);
        end(reason, detail);
    }

    private void beat() {
        switch (beating.beat()) {
            case Beating.Beat.Send(Heartbeat beat, Duration leaseSentAt) ->
                log.send(pulse.node(), beat, (metadata, failure) -> onAck(leaseSentAt, metadata, failure));
            case Beating.Beat.Over(Lapsed.Reason reason, String detail) -> end(reason, detail);
        }
    }

    /** Runs on the producer's thread. */
    private void onAck(Duration leaseSentAt, RecordMetadata metadata, Exception failure) {
        if (failure != null) {
            LOG.debug("a beat was not acknowledged: {}", failure.toString());
            return;
        }
        beating.acknowledged(leaseSentAt, metadata.offset());
    }

    private void feed() {
        switch (beating.feed()) {
            case Beating.Feeding.Feed(Duration now, Duration until) -> feed(leaseClock.until(until));
            case Beating.Feeding.Wait() -> { }
            case Beating.Feeding.Over(Lapsed.Reason reason, String detail) -> end(reason, detail);
        }
    }

    private void feed(TimeLeft left) {
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

    private void end(Lapsed.Reason reason, String detail) {
        if (over.compareAndSet(false, true)) {
            beats.shutdown();
            feeds.shutdown();
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
        beats.shutdownNow();
        feeds.shutdownNow();
    }
}
