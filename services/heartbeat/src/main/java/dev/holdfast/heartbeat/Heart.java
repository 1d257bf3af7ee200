package dev.holdfast.heartbeat;

import dev.holdfast.core.agent.Beating;
import dev.holdfast.core.agent.Pulse;
import dev.holdfast.core.agent.SeenBeats;
import dev.holdfast.core.lease.ChainedLease;
import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.message.Lapsed;
import dev.holdfast.core.message.NodeMessage;
import dev.holdfast.core.node.PoolHealth;
import dev.holdfast.core.node.Timing;
import dev.holdfast.guard.client.Answer;
import dev.holdfast.guard.client.GuardClient;
import dev.holdfast.guard.clock.LeaseClock;
import dev.holdfast.guard.clock.TimeLeft;
import dev.holdfast.guard.clock.WitnessClock;
import dev.holdfast.messaging.TopicWriter;
import java.time.Duration;
import java.util.Map;
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

    private static final Duration LOOK = Duration.ofMillis(250);

    /** Hears what becomes of a heart. */
    public interface Listener {

        /** The guard is armed: guests may be started from now on. */
        void armed();

        /** It is over; called once. */
        void lapsed(Lapsed.Reason reason, String detail);
    }

    private final Pulse pulse;
    private final LeaseClock leaseClock;
    private final TopicWriter<NodeMessage> log;
    private final GuardClient guard;
    private final Listener listener;

    private final Beating beating;
    private final AtomicBoolean armed = new AtomicBoolean();
    private final AtomicBoolean over = new AtomicBoolean();
    private final Ticks beats;
    private final Ticks feeds;
    /** Of the settings that beats name; changed by the beating thread alone. */
    private long settingsVersion;

    /**
     * @param timing of the settings that the pulse names
     * @param running guests that run or may be starting here, with the epoch of each; asked at every beat
     * @param pool what was last found of the pool of volumes, null if there is none; asked at every beat, so it must
     *     answer from memory and must not throw
     * @param log a writer whose producer gives a record up within the lease
     */
    public Heart(
            Pulse pulse,
            Timing timing,
            LeaseClock leaseClock,
            WitnessClock witnessClock,
            SeenBeats seen,
            Supplier<Map<String, Long>> running,
            Supplier<PoolHealth> pool,
            TopicWriter<NodeMessage> log,
            GuardClient guard,
            Listener listener) {
        this.pulse = pulse;
        this.leaseClock = leaseClock;
        this.log = log;
        this.guard = guard;
        this.listener = listener;
        this.beating = new Beating(
                pulse, timing, new ChainedLease(), new MachineClocks(leaseClock, witnessClock), seen::now, running,
                pool);
        this.settingsVersion = pulse.settingsVersion();
        this.beats = new Ticks("beat", () -> beating.timing().beat(), this::beat);
        this.feeds = new Ticks("feed", this::feedInterval, this::feed);
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
        beats.begin();
        feeds.begin();
    }

    /** Newer settings are in force: taken on while guests run, as soon as that is safe. */
    public void take(ClusterSettings settings) {
        beating.offer(settings.version(), settings.timing());
    }

    private Duration feedInterval() {
        // Until armed, look often: the first grant should not wait for a whole interval.
        Duration feed = beating.timing().feed();
        return feed.compareTo(LOOK) < 0 ? feed : LOOK;
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
            case Beating.Beat.Send send -> {
                log.send(pulse.node(), send.beat(), (metadata, failure) -> onAck(send, metadata, failure));
                noteSettings(send.beat());
            }
            case Beating.Beat.Over(Lapsed.Reason reason, String detail) -> end(reason, detail);
        }
    }

    private void noteSettings(Heartbeat beat) {
        if (beat.settingsVersion() != settingsVersion) {
            settingsVersion = beat.settingsVersion();
            LOG.info("beats under settings v{} from now on: lease {}, watchdog {}", settingsVersion, beat.lease(), beat.wd());
        }
    }

    /** Runs on the producer's thread. */
    private void onAck(Beating.Beat.Send sent, RecordMetadata metadata, Exception failure) {
        if (failure != null) {
            LOG.debug("a beat was not acknowledged: {}", failure.toString());
            return;
        }
        beating.acknowledged(sent, metadata.offset());
    }

    private void feed() {
        switch (beating.feed()) {
            case Beating.Feeding.Feed feeding -> feed(feeding);
            case Beating.Feeding.Wait() -> { }
            case Beating.Feeding.Over(Lapsed.Reason reason, String detail) -> end(reason, detail);
        }
    }

    private void feed(Beating.Feeding.Feed feeding) {
        TimeLeft left = leaseClock.until(feeding.until());
        Answer<Duration> answer = armed.get()
                ? guard.feed(pulse.incarnation(), left, feeding.wd())
                : guard.arm(pulse.incarnation(), left, feeding.wd());
        if (!answer.isGiven()) {
            reportRefusal(answer);
            return;
        }
        beating.fed(feeding);
        if (armed.compareAndSet(false, true)) {
            listener.armed();
        }
    }

    private static void reportRefusal(Answer<Duration> answer) {
        if (answer instanceof Answer.Refused<Duration> refused) {
            LOG.warn("the guard was not fed: {} ({})", refused.detail(), refused.reason());
        }
    }

    private void end(Lapsed.Reason reason, String detail) {
        if (over.compareAndSet(false, true)) {
            beats.end();
            feeds.end();
            listener.lapsed(reason, detail);
        }
    }

    /** Stops without a word on the log; the lease runs out by itself. */
    @Override
    public void close() {
        over.set(true);
        beats.endNow();
        feeds.endNow();
    }
}
