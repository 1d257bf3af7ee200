package dev.holdfast.quorum;

import dev.holdfast.encoding.Codecs;
import dev.holdfast.messaging.RecordEncoder;
import dev.holdfast.messaging.Source;
import dev.holdfast.quorum.QuorumStatus.Phase;
import dev.holdfast.quorum.topology.FatalTurn;
import dev.holdfast.quorum.topology.QuorumTopology;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The quorum service of one node. Keeps a client in the group: one of the group's members decides, the others follow
 * its state and stand by. A client that fails or is stuck is closed and built anew, after a back-off; one that met a
 * record it cannot get past stays stopped, since every node would stop there, until a person has seen to it.
 *
 * <p>Made, started and closed once; any thread may call any method.
 */
public final class QuorumService implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(QuorumService.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    /** More than max.block, in which a hanging commit ends. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(6);

    private final QuorumSettings settings;
    private final Codecs codecs;
    private final RecordEncoder encoder;
    private final BackOff backOff = new BackOff();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread keeper;
    private volatile boolean paused;
    private volatile boolean closing;
    private volatile QuorumClient client;
    private volatile FatalTurn stoppedBy;
    private ProgressWatch watch;
    private int givenUp;

    /**
     * @throws org.apache.kafka.common.config.ConfigException if Kafka Streams refuses the settings: now, and not again
     *     and again in the background
     */
    public QuorumService(QuorumSettings settings, Codecs codecs) {
        StreamsConfig refusing = new StreamsConfig(settings.streams());
        LOG.info("quorum service {} commits at least every {} ms", settings.node(),
                refusing.getLong(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG));
        this.settings = settings;
        this.codecs = codecs;
        this.encoder = new RecordEncoder(
                codecs, new Source(settings.cluster(), settings.node(), "quorum"), InstantSource.system());
        this.keeper = Thread.ofPlatform().name("quorum-keeper").unstarted(this::keep);
    }

    /** Starts and returns at once; joining goes on by itself, for as long as it takes. */
    public void start() {
        keeper.start();
    }

    /** Leaves the group and returns when nothing runs any more, or hangs beyond help. */
    @Override
    public void close() {
        closing = true;
        signal();
        try {
            keeper.join(CLOSE_LIMIT.plusSeconds(4));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Leaves the task to the other nodes until {@link #resumeHere()}: to take it to a certain node, pause all others,
     * wait until it is active there, and resume them.
     *
     * @return whether this node has left within the limit
     */
    public boolean pauseHere(Duration atMost) throws InterruptedException {
        paused = true;
        signal();
        return await(() -> client == null, atMost);
    }

    /** Takes part again; also after a stop, for a person who has seen to its cause. */
    public void resumeHere() {
        paused = false;
        stoppedBy = null;
        signal();
    }

    /** How it is doing now. May ask Kafka, and take as long as a request to it. */
    public QuorumStatus status() {
        QuorumClient current = client;
        FatalTurn fatal = stoppedBy;
        if (fatal != null) {
            return new QuorumStatus(Phase.STOPPED, false, -1, fatal.getMessage());
        }
        if (current == null) {
            Phase phase = !keeper.isAlive() ? Phase.CLOSED : paused ? Phase.PAUSED : Phase.WAITING;
            return new QuorumStatus(phase, false, -1, "");
        }
        boolean active = current.isActive();
        Phase phase = current.isRunning() ? Phase.RUNNING : Phase.JOINING;
        return new QuorumStatus(phase, active, active ? 0 : current.changelogLag(), "");
    }

    private void keep() {
        try (Admin admin = Admin.create(settings.clients().admin("quorum-watch"))) {
            while (!closing) {
                Duration pause = look(admin);
                await(() -> closing || paused && client != null, pause);
            }
        } catch (InterruptedException e) {
            LOG.info("quorum keeper interrupted");
        } finally {
            leave();
        }
    }

    /** Does what is due, and says how long to wait before looking again. */
    private Duration look(Admin admin) throws InterruptedException {
        if (paused || stoppedBy != null) {
            leave();
            return LOOK_EVERY;
        }
        try {
            if (client == null) {
                join(admin);
                return LOOK_EVERY;
            }
            Optional<Throwable> failure = client.failure();
            if (failure.isPresent()) {
                return giveUp(failure.get());
            }
            if (watch.isStuck()) {
                LOG.warn("the heartbeat log has moved for {} ms and nothing was committed: the quorum client is built "
                        + "anew", watch.stuckFor().toMillis());
                leave();
                givenUp++;
                return backOff.take();
            }
            if (watch.hasCommitted()) {
                givenUp = 0;
                backOff.reset();
            }
            return LOOK_EVERY;
        } catch (ExecutionException | KafkaException e) {
            Duration wait = backOff.take();
            LOG.warn("quorum client cannot join yet, next attempt in {} ms: {}", wait.toMillis(), e.toString());
            leave();
            return wait;
        }
    }

    private void join(Admin admin) throws ExecutionException, InterruptedException {
        new LogPosition(admin).ensure();
        QuorumClient fresh = new QuorumClient(QuorumTopology.build(codecs, encoder), settings.streams());
        watch = new ProgressWatch(admin, fresh, givenUp);
        client = fresh;
        fresh.start();
    }

    private Duration giveUp(Throwable failure) {
        leave();
        Optional<FatalTurn> fatal = fatal(failure);
        if (fatal.isPresent()) {
            stoppedBy = fatal.get();
            LOG.error("QUORUM SERVICE STOPPED on {}: {}. Nothing is decided here until it is resumed or restarted.",
                    settings.node(), failure.getMessage(), failure);
            StopNotice.file(settings, encoder, fatal.get());
            return LOOK_EVERY;
        }
        Duration wait = backOff.take();
        LOG.warn("quorum client failed and is built anew in {} ms", wait.toMillis(), failure);
        return wait;
    }

    private static Optional<FatalTurn> fatal(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof FatalTurn fatal) {
                return Optional.of(fatal);
            }
        }
        return Optional.empty();
    }

    private void leave() {
        QuorumClient current = client;
        if (current != null) {
            if (!current.close(CLOSE_LIMIT)) {
                LOG.warn("the quorum client did not close within {} ms; it is left behind", CLOSE_LIMIT.toMillis());
            }
            client = null;
            signal();
        }
    }

    /** Something to be awaited. */
    private interface Goal {
        boolean isReached();
    }

    private boolean await(Goal goal, Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (!goal.isReached() && left > 0) {
                left = changed.awaitNanos(left);
            }
            return goal.isReached();
        } finally {
            lock.unlock();
        }
    }

    private void signal() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
