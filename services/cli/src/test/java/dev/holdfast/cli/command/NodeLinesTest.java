package dev.holdfast.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.output.OutputFormat;
import dev.holdfast.cli.read.LastBeats;
import dev.holdfast.core.decide.DecisionMaker;
import dev.holdfast.core.event.Position;
import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.message.Input;
import dev.holdfast.core.message.Message;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.node.PoolHealth;
import dev.holdfast.core.node.PoolState;
import dev.holdfast.core.node.Timing;
import dev.holdfast.core.state.ClusterState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nodes as a person and a program see them. */
class NodeLinesTest {

    private static final Instant SCRUBBED = Instant.parse("2026-11-01T03:00:00Z");

    @Test
    void aNodeWithoutAPoolShowsADash() {
        assertThat(lines(OutputFormat.TSV, null, null)).containsExactly(
                "NODE\tSTATE\tINCARNATION\tLAST BEAT\tGUARD\tPOOL\tRUNNING",
                "a\tlive\t1.1\tnewest\tprocess\t-\t-");
        assertThat(lines(OutputFormat.JSON, null, null).getFirst()).contains("\"whyNoGuests\":null,\"pool\":null");
    }

    @Test
    void aPoolShowsWhatItIsFitForAndHowMuchTheNewestBeatSaysIsUsed() {
        assertThat(lines(OutputFormat.TSV, used(12), used(13)).get(1)).contains("\tlive\t").contains("\tFIT 13 %\t");
        assertThat(lines(OutputFormat.TSV, used(96), used(97)).get(1))
                .contains("\tlive, its pool tank is full: 96 % used\t").contains("\tFULL 97 %\t");
    }

    @Test
    void ofAPoolThatCannotBeReadNoUseIsShown() {
        PoolHealth silent = new PoolHealth("tank", PoolState.UNREADABLE, 0, 0, 0, null, "no answer");

        assertThat(lines(OutputFormat.TSV, silent, silent).get(1)).contains("\tUNREADABLE\t");
    }

    @Test
    void aProgramGetsAllThatIsKnownOfIt() {
        PoolHealth health = new PoolHealth("tank", PoolState.DEGRADED, 1_000, 960, 3, SCRUBBED, "disk2 is gone");

        assertThat(lines(OutputFormat.JSON, health, health).getFirst()).contains(
                "\"whyNoGuests\":\"its pool tank is full: 96 % used, degraded, disk2 is gone, 3 errors\"",
                "\"pool\":{\"name\":\"tank\",\"standing\":\"full\",\"state\":\"degraded\",\"sizeBytes\":1000,"
                        + "\"usedBytes\":960,\"usedPercent\":96,\"errors\":3,\"scrubbedAt\":\"2026-11-01T03:00:00Z\","
                        + "\"detail\":\"disk2 is gone\"}");
    }

    private static PoolHealth used(int percent) {
        return new PoolHealth("tank", PoolState.ONLINE, 100, percent, 0, null, "");
    }

    /** What is shown of a node whose pool was decided upon by one beat, while a newer one was not read yet. */
    private static List<String> lines(OutputFormat format, PoolHealth decided, PoolHealth newest) {
        ClusterState state = read(read(ClusterState.EMPTY, "cluster.settings", new ClusterSettings(
                1, "cluster", "topic", List.of("a", "b", "c"), Timing.DEFAULT, Duration.ofSeconds(15), 3, "jo", "why")),
                "node.heartbeats", beat(1, decided));
        Overview overview = new Overview(
                state, LastBeats.of(List.of(new LastBeats.Beat(beat(2, newest), 1))), Map.of());
        return NodeLines.listing(overview).lines(format, List.of(state.node("a")));
    }

    private static ClusterState read(ClusterState state, String topic, Message body) {
        boolean beats = topic.equals("node.heartbeats");
        return DecisionMaker.decide(state, new Input(new Position(topic, 0), beats, "a", body)).state();
    }

    private static Heartbeat beat(long seq, PoolHealth pool) {
        return new Heartbeat(
                "a", "topic", new Incarnation(1, 1), "boot", seq, Map.of(), 0, -1, Duration.ofSeconds(seq),
                Duration.ofSeconds(10), Duration.ofSeconds(5), "process", 1, Map.of(), pool);
    }
}
