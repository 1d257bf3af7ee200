package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.demo.LoadReport;
import dev.holdfast.cli.read.LastBeats;
import dev.holdfast.core.event.ClusterEvent.RecordRefused;
import dev.holdfast.core.event.ClusterEvent.SettingsRefused;
import dev.holdfast.core.event.GuestEvent.GuestRecovered;
import dev.holdfast.core.event.GuestEvent.StartGuest;
import dev.holdfast.core.event.NodeEvent.NodeFenced;
import dev.holdfast.core.event.NodeEvent.NodeLapsed;
import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.node.Timing;
import dev.holdfast.encoding.StateKey;
import dev.holdfast.schemas.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The timing is changed while the database is written to: nothing is stopped by it, and the new rules hold. */
@TestInstance(Lifecycle.PER_CLASS)
class SettingsChangeIT {

    private static final Duration TAKEN_ON = Duration.ofSeconds(20);
    private static final Duration CHECK = Duration.ofSeconds(60);
    /** Longer than any lease and watchdog of the change: who could not go on under it would have lapsed. */
    private static final Duration UNDER_IT = Timing.DEFAULT.silenceUntilFenced();

    private TestCluster cluster;

    @BeforeAll
    void start() {
        cluster = TestCluster.withDatabase("settings", Duration.ofSeconds(3));
    }

    @AfterAll
    void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void theTimingChangesUnderLoadAndTheNextFailoverGoesByTheLongestThatTheNodeNamed() throws Exception {
        String owner = cluster.owner();
        long epoch = cluster.epoch();
        List<Integer> pids = pids(owner);
        int starts = cluster.events(StartGuest.class).size();
        int lapses = cluster.events(NodeLapsed.class).size();
        cluster.beginLoad();

        refusalsChangeNothing();
        change("default", Timing.DEFAULT, 2);
        Thread.sleep(UNDER_IT);
        change("fast", Timing.FAST, 3);
        Thread.sleep(UNDER_IT);

        assertThat(cluster.events(NodeLapsed.class)).as("lapses").hasSize(lapses);
        assertThat(cluster.events(StartGuest.class)).as("starts").hasSize(starts);
        assertThat(cluster.events(NodeFenced.class)).as("fencings").isEmpty();
        assertThat(cluster.epoch()).isEqualTo(epoch);
        assertThat(pids(owner)).as("processes of the database").isEqualTo(pids);

        pull(owner);
    }

    private void refusalsChangeNothing() throws Exception {
        // An unsafe value: by the command line, and by whoever writes it to the topic without asking.
        assertThat(cluster.holdfast(ExitCode.FAILED, "settings", "set", "lease=5s", "wd=2s"))
                .contains("timing.lease is 5 s; it must be at least 6 s: 1.5 x 4 s");
        ClusterSettings now = settings();
        Timing unsafe = new Timing(
                "foreign", Timing.FAST.beat(), Timing.FAST.lease(), Timing.FAST.wd(), Timing.FAST.feed(),
                Duration.ofMillis(10), Timing.FAST.rho());
        cluster.access().producer().send(cluster.access().encoder().record(
                TopicCatalogue.CLUSTER_SETTINGS, StateKey.CLUSTER, now.next(1, unsafe, "foreign", ""))).get();
        cluster.access().producer().send(new ProducerRecord<>(
                TopicCatalogue.CLUSTER_SETTINGS.name(), StateKey.CLUSTER.getBytes(StandardCharsets.UTF_8),
                "lease=0".getBytes(StandardCharsets.UTF_8))).get();
        cluster.await("both are refused", TAKEN_ON, () -> cluster.events(SettingsRefused.class).stream()
                        .anyMatch(refused -> refused.reason().contains("timing.margin is 10 ms; it must be at least"))
                && cluster.events(RecordRefused.class).stream()
                        .anyMatch(refused -> refused.topic().equals(TopicCatalogue.CLUSTER_SETTINGS.name())));
        // What was made for another version than the one in force, and what only asks.
        assertThat(cluster.holdfast(ExitCode.FAILED, "settings", "set", "--profile", "default", "--base", "0"))
                .contains("made for version 0");
        assertThat(cluster.holdfast(ExitCode.OK, "settings", "set", "--profile", "default", "--check"))
                .contains("would be accepted as version 2");
        assertThat(settings()).isEqualTo(now);
    }

    private void change(String profile, Timing timing, long version) {
        String answer = cluster.holdfast(
                ExitCode.OK, "settings", "set", "--profile", profile, "--why", "under load", "-o", "json");
        assertThat(answer).contains("\"accepted\":true");
        cluster.await("all nodes run version " + version, TAKEN_ON, () -> beats().stream()
                .allMatch(beat -> beat.settingsVersion() == version
                        && beat.lease().equals(timing.lease())
                        && beat.wd().equals(timing.wd())));
        assertThat(cluster.holdfast(ExitCode.OK, "settings", "show", "-o", "json"))
                .contains("\"version\":" + version, "\"why\":\"under load\"", "\"profile\":\"" + profile + "\"");
    }

    private void pull(String owner) throws Exception {
        long pulledAt = System.nanoTime();
        cluster.kill(owner);
        cluster.awaitAnsweringElsewhere(owner);

        LoadReport report = cluster.load().checkAfter(pulledAt, CHECK);
        assertThat(report.rowsCorrupt()).as("corrupt rows").isZero();
        assertThat(report.rowsLostLater()).as("rows lost after the recovery").isZero();
        cluster.load().close();
        GuestRecovered receipt = cluster.events(GuestRecovered.class).getLast();
        System.out.println(receipt.summary() + "; " + receipt.fence());
        // Never by the settings in force alone: what its own beats once named may hold for all that others know (R6).
        assertThat(receipt.fence()).contains("needed " + Timing.DEFAULT.leaseAndWd().plus(Timing.FAST.margin()).toMillis() + " ms");
        cluster.proveNobodyFencedBut(owner);

        cluster.start(owner);
        cluster.awaitLive(owner);
        cluster.await("the one that was off runs the version it missed nothing of", TAKEN_ON,
                () -> beats().stream().allMatch(beat -> beat.settingsVersion() == 3));
        cluster.awaitReplicated();
        cluster.proveSafety();
    }

    private ClusterSettings settings() {
        return cluster.state().orElseThrow().settings();
    }

    private List<Heartbeat> beats() {
        LastBeats beats = LastBeats.read(cluster.access());
        return cluster.processes().config().nodes().stream()
                .map(node -> beats.of(node).orElseThrow().beat())
                .toList();
    }

    private List<Integer> pids(String node) {
        return cluster.guestProcesses(node).stream().map(process -> process.pid()).sorted().toList();
    }
}
