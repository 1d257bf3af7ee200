package dev.holdfast.node.agent;

import dev.holdfast.core.message.ClusterSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's heartbeat, recovery and replication, one incarnation after the other. After a lapse it begins again, as
 * soon as the guard has verified the death of all guests and the log answers, with a pause that doubles from one to
 * thirty seconds while incarnations keep ending early.
 */
public final class Agent implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Agent.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration NOT_READY = Duration.ofMillis(250);
    private static final Duration WELL = Duration.ofSeconds(60);

    private final Surroundings around;
    private volatile boolean stopping;
    private volatile Life life;
    private volatile String refused;
    private Thread thread;

    public Agent(Surroundings around) {
        this.around = around;
    }

    public void start() {
        thread = Thread.ofPlatform().name("agent").start(this::run);
    }

    /** Why this node must not begin an incarnation; empty if it may. */
    public Optional<String> refusal() {
        return Optional.ofNullable(refused);
    }

    /** The present incarnation in the form {@code boot.k}; empty between two. */
    public Optional<String> incarnation() {
        return Optional.ofNullable(life).map(Life::incarnation).map(Object::toString);
    }

    /** Whether guests can be started here now: lease held, guard armed. */
    public boolean takesGuests() {
        Life present = life;
        return present != null && present.takesGuests();
    }

    private void run() {
        Duration pause = FIRST_PAUSE;
        while (!stopping) {
            long begun = System.nanoTime();
            boolean lived = false;
            try {
                liveOnce();
                lived = true;
            } catch (Refused person) {
                refused = person.getMessage();
                LOG.error("this node does not begin an incarnation: {}", refused);
                return;
            } catch (IOException | RuntimeException failed) {
                LOG.info("not ready to begin, trying again: {}", failed.toString());
            } catch (InterruptedException closed) {
                return;
            }
            boolean wasWell = System.nanoTime() - begun > WELL.toNanos();
            pause = wasWell ? FIRST_PAUSE : pause;
            // A log that does not answer yet is no lapse: whoever comes back late may be fenced meanwhile.
            if (!sleep(lived ? pause : NOT_READY)) {
                return;
            }
            pause = lived ? longer(pause) : pause;
        }
    }

    private static Duration longer(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }

    private void liveOnce() throws Refused, IOException, InterruptedException {
        try (SettingsNews news = new SettingsNews(around.clients().reader("settings-news"), around.decoder())) {
            news.position();
            Optional<ClusterSettings> settings = around.log().settings();
            if (settings.isEmpty()) {
                throw new IOException("there are no cluster settings yet");
            }
            String cluster = settings.get().clusterId();
            if (!cluster.equals(around.facts().clusterId())) {
                throw new Refused("the log is that of cluster " + cluster + ", and this is a node of "
                        + around.facts().clusterId() + ": the brokers' addresses lead to another cluster");
            }
            live(settings.get(), news);
        }
    }

    private void live(ClusterSettings settings, SettingsNews news) throws Refused, IOException, InterruptedException {
        try (Life next = new Life(around, settings)) {
            next.begin();
            news.follow(next::take);
            life = next;
            next.awaitEnd();
        } finally {
            life = null;
        }
    }

    private boolean sleep(Duration pause) {
        try {
            Thread.sleep(pause);
            return !stopping;
        } catch (InterruptedException closed) {
            return false;
        }
    }

    /** Ends the present incarnation in an orderly way and begins no other. */
    public void stop(String why) throws InterruptedException {
        stopping = true;
        Life present = life;
        if (present != null) {
            present.stop(why);
        }
        close();
    }

    @Override
    public void close() {
        stopping = true;
        if (thread != null) {
            thread.interrupt();
            try {
                thread.join(Duration.ofSeconds(10));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
