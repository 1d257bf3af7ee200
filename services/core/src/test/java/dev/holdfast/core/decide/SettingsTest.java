package dev.holdfast.core.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.event.ClusterEvent;
import dev.holdfast.core.event.NodeEvent;
import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.message.Lapsed;
import dev.holdfast.core.message.OperatorCommand;
import dev.holdfast.core.node.Timing;
import dev.holdfast.core.state.Liveness;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Settings as versioned records (rule R6): what follows what, and by what nodes are judged meanwhile. */
class SettingsTest {

    private static final Duration T = Cluster.TIMING.silenceUntilFenced();

    private final Cluster cluster = Cluster.ofThree();

    @Test
    void theNextVersionIsInForceAtOnceAndNodesTakeItOnOneByOne() {
        ClusterSettings applied = set(2, Timing.CAREFUL);
        assertThat(cluster.state().settings()).isEqualTo(applied);

        cluster.machine("a").takesOn(applied);
        cluster.beatsFor(Duration.ofSeconds(1));

        assertThat(cluster.node("a").silence()).isEqualTo(Timing.CAREFUL.leaseAndWd());
        assertThat(cluster.node("b").silence()).isEqualTo(Timing.FAST.leaseAndWd());
    }

    @Test
    void aVersionThatWasMadeForAnOlderOneIsRefused() {
        takenOnByAll(set(2, Timing.CAREFUL));

        set(2, Timing.DEFAULT);

        assertThat(refusal()).contains("made for version 1").contains("version 2 by test is in force");
        assertThat(cluster.state().settings().timing()).isEqualTo(Timing.CAREFUL);
    }

    @Test
    void aVersionThatLeavesOneOutIsRefused() {
        set(3, Timing.CAREFUL);

        assertThat(refusal()).contains("the next one is 2");
    }

    @Test
    void thereIsOneChangeAtATime() {
        ClusterSettings second = set(2, Timing.DEFAULT);
        cluster.machine("a").takesOn(second);
        cluster.machine("b").takesOn(second);
        cluster.beatsFor(Duration.ofSeconds(1));

        set(3, Timing.CAREFUL);
        assertThat(refusal()).contains("c (live) still runs version 1");

        cluster.machine("c").takesOn(second);
        cluster.beatsFor(Duration.ofSeconds(1));
        set(3, Timing.CAREFUL);
        assertThat(cluster.state().settings().timing()).isEqualTo(Timing.CAREFUL);
    }

    @Test
    void aSilentNodeHoldsTheNextChangeUpUntilItIsFenced() {
        ClusterSettings second = set(2, Timing.DEFAULT);
        cluster.crash("c");
        takenOnByAll(second);
        cluster.beatsFor(Duration.ofSeconds(5));
        set(3, Timing.CAREFUL);
        assertThat(refusal()).contains("c (suspect) still runs version 1");

        cluster.beatsFor(T);

        assertThat(cluster.node("c").liveness()).isEqualTo(Liveness.FENCED);
        set(3, Timing.CAREFUL);
        assertThat(cluster.state().settings().version()).isEqualTo(3);
    }

    @Test
    void aNodeThatComesBackTwoVersionsBehindIsHeardOnceItHasTakenOnTheOneInForce() {
        ClusterSettings second = set(2, Timing.DEFAULT);
        cluster.crash("c");
        takenOnByAll(second);
        cluster.beatsFor(T.plusSeconds(2));
        ClusterSettings third = set(3, Timing.CAREFUL);

        cluster.reboot("c");
        assertThat(cluster.last(NodeEvent.BeatRefused.class).reason()).contains("runs settings v1, and v3 is in force");

        cluster.machine("c").takesOn(third);
        cluster.beat("c");
        assertThat(cluster.node("c").liveness()).isEqualTo(Liveness.LIVE);
    }

    @Test
    void aNodeThatWasStoppedInAnOrderlyWayHoldsNoChangeUp() {
        ClusterSettings second = set(2, Timing.DEFAULT);
        cluster.lapse("c", Lapsed.Reason.STOPPED);
        takenOnByAll(second);

        set(3, Timing.CAREFUL);

        assertThat(cluster.state().settings().version()).isEqualTo(3);
    }

    @Test
    void anUnsafeTimingIsRefusedWithItsArithmeticAndChangesNothing() {
        set(2, new Timing("short", millis(250), millis(5_000), millis(3_000), millis(500), millis(100), 0.001));

        assertThat(refusal())
                .contains("timing.lease is 5 s; it must be at least 6 s: 1.5 x 4 s")
                .contains("timing.margin is 100 ms; it must be at least 250 ms: T = lease 5 s + wd 3 s");
        assertThat(cluster.state().settings().timing()).isEqualTo(Timing.FAST);
    }

    @Test
    void anUnsafeTimingIsRefusedAlsoAsTheFirst() {
        Cluster fresh = Cluster.withoutSettings("a", "b", "c");

        fresh.read("cluster.settings", "cluster", fresh.settings(1, new Timing(
                "short", millis(500), millis(7_000), millis(3_000), millis(500), millis(1_000), 0)));

        assertThat(fresh.last(ClusterEvent.SettingsRefused.class).reason()).contains("timing.rho is 0");
        assertThat(fresh.state().settings()).isNull();
    }

    @Test
    void whatIsAskedBeforeTheFirstSettingsWereReadIsAnsweredAllTheSame() {
        Cluster fresh = Cluster.withoutSettings("a", "b", "c");

        fresh.ask(new OperatorCommand.RequestStart("db"));
        fresh.declare(Guests.db());

        assertThat(fresh.events(ClusterEvent.CommandAnswered.class)).hasSize(2).allSatisfy(answer -> {
            assertThat(answer.accepted()).isFalse();
            assertThat(answer.answer()).contains("no settings yet");
        });
        assertThat(fresh.state().guests()).isEmpty();
    }

    @Test
    void shorterSettingsFenceNobodyWhoStillRunsTheLongerOnes() {
        takenOnByAll(set(2, Timing.CAREFUL));
        cluster.beatsFor(Duration.ofSeconds(2));
        set(3, Timing.FAST);
        cluster.crash("a");

        cluster.beatsFor(Duration.ofSeconds(29));
        assertThat(cluster.events(NodeEvent.NodeFenced.class)).isEmpty();

        cluster.beatsFor(Duration.ofSeconds(5));
        assertThat(cluster.last(NodeEvent.NodeFenced.class).node()).isEqualTo("a");
    }

    @Test
    void longerSettingsDoNotStretchTheSilenceOfANodeThatRunsTheShorterOnes() {
        set(2, Timing.CAREFUL);
        cluster.crash("a");

        // The margin is the cluster's, lease and watchdog are what its own beats named.
        cluster.beatsFor(Timing.FAST.leaseAndWd().plus(Timing.CAREFUL.margin()).plusSeconds(2));

        assertThat(cluster.node("a").liveness()).isEqualTo(Liveness.FENCED);
    }

    private ClusterSettings set(long version, Timing timing) {
        ClusterSettings next = cluster.settings(version, timing);
        cluster.read("cluster.settings", "cluster", next);
        return next;
    }

    private void takenOnByAll(ClusterSettings settings) {
        cluster.machines.values().stream().filter(machine -> machine.up).forEach(machine -> machine.takesOn(settings));
        cluster.beatsFor(Duration.ofSeconds(1));
    }

    private String refusal() {
        return cluster.last(ClusterEvent.SettingsRefused.class).reason();
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }
}
