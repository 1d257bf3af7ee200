package dev.holdfast.node.agent;

import dev.holdfast.core.agent.IncarnationRule;
import dev.holdfast.core.agent.Pulse;
import dev.holdfast.core.agent.RunningGuests;
import dev.holdfast.core.agent.SeenBeats;
import dev.holdfast.core.decide.SettingsRule;
import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.message.GuestReport;
import dev.holdfast.core.message.Lapsed;
import dev.holdfast.core.message.NodeMessage;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.state.Replaced;
import dev.holdfast.core.node.TimingRule;
import dev.holdfast.guard.client.GuardClient;
import dev.holdfast.guard.client.GuardListener;
import dev.holdfast.guard.protocol.Reply;
import dev.holdfast.heartbeat.BeatLog;
import dev.holdfast.heartbeat.Heart;
import dev.holdfast.heartbeat.IncarnationFile;
import dev.holdfast.messaging.TopicWriter;
import dev.holdfast.recovery.NodeFacts;
import dev.holdfast.recovery.RecoveryService;
import dev.holdfast.schemas.TopicCatalogue;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One incarnation of a node, from reading the log to its lapse. The order in which it begins is rule R1's: the log
 * read to its end, the guard known to hold nothing alive, the incarnation filed, the command topics positioned, and
 * only then the first beat.
 */
final class Life implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Life.class);
    private static final Duration FILING = Duration.ofSeconds(1);
    /** Often enough for the shortest watchdog of any settings it may take on. */
    private static final Duration CHECK_IN = TimingRule.SHORTEST_WD;

    /** How it ended. */
    record End(Lapsed.Reason reason, String detail) {}

    private final Surroundings around;
    /** What it began with; its heart may have taken on newer ones since. */
    private final ClusterSettings settings;
    private final GuardClient guard;
    private final RunningGuests running = new RunningGuests();
    private final SeenBeats seen = new SeenBeats();
    private final CompletableFuture<End> end = new CompletableFuture<>();
    private final BeatLog beatLog;
    private final Producer<byte[], byte[]> beats;
    private final Producer<byte[], byte[]> reports;
    private Incarnation incarnation;
    private Heart heart;
    private RecoveryService recovery;
    private VolumeService volumes;

    /** Connects to log and guard; {@link #begin} does the rest. */
    Life(Surroundings around, ClusterSettings settings) throws IOException {
        this.around = around;
        this.settings = settings;
        this.guard = GuardClient.connect(around.facts().run(), "node", new News());
        this.beats = around.clients().beats(settings.timing().lease());
        this.reports = around.clients().reports("reports");
        this.beatLog = new BeatLog(
                around.facts().node(), settings.nodes(), around.clients().reader("beats"), around.decoder(),
                around.witnessClock(), seen);
    }

    /**
     * Begins a new incarnation.
     *
     * @throws Refused if this node must not begin one until a person has looked at it
     */
    void begin() throws Refused, IOException, InterruptedException {
        String topicId = around.log().topicId(TopicCatalogue.NODE_HEARTBEATS);
        if (!topicId.equals(settings.heartbeatTopicId())) {
            throw new Refused("the heartbeat topic is " + topicId + ", the cluster was made with "
                    + settings.heartbeatTopicId() + ": this is another log");
        }
        around.nodes().accept(settings);
        incarnation = nextIncarnation();
        around.guardWatch().awaitNothingAlive(guard);
        new IncarnationFile(around.facts().machine())
                .write(new IncarnationRule.Filed(around.facts().bootId(), incarnation));
        recovery = recovery();
        recovery.position();
        volumes = around.volumes().begin(incarnation, guard, settings, seen, reports);
        heart = heart(topicId);
        beatLog.follow();
        LOG.info("{} begins as {}", around.facts().node(), incarnation);
        heart.begin();
        recovery.begin();
        volumes.begin();
    }

    private Incarnation nextIncarnation() throws Refused, IOException {
        Optional<Incarnation> onLog = beatLog.readToEnd();
        IncarnationRule.Filed filed =
                new IncarnationFile(around.facts().machine()).read().orElse(null);
        IncarnationRule.Machine machine =
                new IncarnationRule.Machine(around.facts().machineId(), around.facts().bootId(), filed);
        Replaced replaced = around.log().replaced(around.facts().node()).orElse(null);
        return switch (IncarnationRule.next(machine, onLog.orElse(null), replaced)) {
            case IncarnationRule.Next.Begin begin -> begin.incarnation();
            case IncarnationRule.Next.Refuse refuse -> throw new Refused(refuse.reason());
        };
    }

    private RecoveryService recovery() {
        AgentFacts facts = around.facts();
        NodeFacts node = new NodeFacts(
                facts.node(), incarnation, facts.machine(), facts.volumes(), facts.logs(), facts::placeholders,
                () -> heart.holdsLease(), () -> heart.mayStartGuests());
        TopicWriter<GuestReport> writer =
                new TopicWriter<>(TopicCatalogue.GUEST_REPORTS, reports, around.encoder("recovery"));
        return new RecoveryService(
                node, guard, around.clients().reader("guest-commands"), around.decoder(), writer, running,
                around.witnessClock()::now, shorter(settings.timing().feed(), CHECK_IN));
    }

    private Heart heart(String topicId) {
        Pulse pulse = new Pulse(
                around.facts().node(), topicId, incarnation, around.facts().bootId(), guard.guard().kind(),
                settings.version());
        return new Heart(
                pulse, settings.timing(), around.leaseClock(), around.witnessClock(), seen, running::now, around.pool(),
                beatWriter(), guard, new HeartNews());
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private TopicWriter<NodeMessage> beatWriter() {
        return new TopicWriter<>(TopicCatalogue.NODE_HEARTBEATS, beats, around.encoder("heartbeat"));
    }

    /** Other settings are in force now: they are taken on while guests run, if they are what they should be. */
    void take(ClusterSettings next) {
        String refusal = SettingsRule.refusalByNode(settings, next);
        if (refusal == null) {
            around.nodes().accept(next);
            beatLog.watch(next.nodes());
            volumes.take(next);
            heart.take(next);
        } else {
            LOG.warn("settings v{} are not taken on: {}", next.version(), refusal);
        }
    }

    Incarnation incarnation() {
        return incarnation;
    }

    /** Whether guests can be started here now. */
    boolean takesGuests() {
        return heart != null && heart.mayStartGuests();
    }

    /** Waits for the end of this incarnation, and has the guard end its guests at once. */
    End awaitEnd() throws InterruptedException {
        End ended = awaitNews();
        LOG.warn("{}/{} lapsed: {}", around.facts().node(), incarnation, ended.detail());
        guard.giveUp(incarnation, ended.detail());
        guard.acknowledge(incarnation);
        recovery.close();
        volumes.close();
        file(new Lapsed(
                around.facts().node(), incarnation, ended.reason(), around.witnessClock().now(), ended.detail()));
        return ended;
    }

    private End awaitNews() throws InterruptedException {
        try {
            return end.get();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** An orderly end: stops what still runs, files it, disarms, and files that this incarnation is over. */
    void stop(String why) throws InterruptedException {
        recovery.stopAll(why);
        volumes.close();
        guard.disarm(incarnation);
        heart.close();
        file(new Lapsed(
                around.facts().node(), incarnation, Lapsed.Reason.STOPPED, around.witnessClock().now(), why));
        end.complete(new End(Lapsed.Reason.STOPPED, why));
    }

    /** One Lapsed record, if the log takes it in time; nobody depends on it. */
    private void file(Lapsed lapsed) throws InterruptedException {
        try {
            beatWriter().send(lapsed.node(), lapsed).get(FILING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | RuntimeException failed) {
            LOG.info("the end of {} could not be filed: {}", incarnation, failed.toString());
        }
    }

    @Override
    public void close() {
        if (heart != null) {
            heart.close();
        }
        if (recovery != null) {
            recovery.close();
        }
        if (volumes != null) {
            volumes.close();
        }
        beatLog.close();
        beats.close(Duration.ofSeconds(1));
        reports.close(Duration.ofSeconds(1));
        guard.close();
    }

    private final class HeartNews implements Heart.Listener {

        @Override
        public void armed() {
            LOG.info("{}/{} holds its lease and may run guests", around.facts().node(), incarnation);
        }

        @Override
        public void lapsed(Lapsed.Reason reason, String detail) {
            end.complete(new End(reason, detail));
        }
    }

    private final class News implements GuardListener {

        @Override
        public void expiring(Reply.Expiring news) {
            if (heart != null) {
                heart.lapse(Lapsed.Reason.GUARD_EXPIRED, news.detail());
            }
        }

        @Override
        public void guestExited(Reply.GuestExited news) {
            if (recovery != null) {
                recovery.guestExited(news);
            }
        }

        @Override
        public void thawed(Reply.Thawed news) {
            if (recovery != null) {
                recovery.thawed(news.guest());
            }
        }

        @Override
        public void connectionLost(String why) {
            if (heart != null) {
                heart.lapse(Lapsed.Reason.GUARD_LOST, "the guard is gone: " + why);
            } else {
                end.complete(new End(Lapsed.Reason.GUARD_LOST, "the guard is gone: " + why));
            }
        }
    }
}
