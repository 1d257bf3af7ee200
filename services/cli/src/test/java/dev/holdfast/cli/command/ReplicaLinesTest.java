package dev.holdfast.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.output.OutputFormat;
import dev.holdfast.cli.read.LastBeats;
import dev.holdfast.core.guest.RequestedState;
import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.message.Snapshot;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.node.Runner;
import dev.holdfast.core.state.Attempts;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.GuestPhase;
import dev.holdfast.core.state.GuestState;
import dev.holdfast.core.state.LastWriter;
import dev.holdfast.core.state.LogTimer;
import dev.holdfast.core.state.NodeState;
import dev.holdfast.core.state.Replication;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The copies of a guest as a person and a program see them. All times are the owner's. */
class ReplicaLinesTest {

    private static final Incarnation LIFE = new Incarnation(1, 1);
    private static final Duration NOW = Duration.ofSeconds(1000);

    @Test
    void aLineForEachTargetSaysWhatItHoldsAndWhatComesNext() {
        assertThat(copies(OutputFormat.TSV, guest(null))).containsExactly(
                "GUEST\tOWNER\tTARGET\tSNAPSHOT\tAGE\tLAST SUCCESS\tBYTES\tRATE\tNEXT\tFAILURES\tNOTE",
                "db\ta\tb\t7.5 0123abcd\t30.0 s\t29.0 s ago\t2.0 MiB\t4.0 MiB/s\tin 30.0 s\t0\t2 snapshots missed",
                "db\ta\tc\t-\t-\t-\t-\t-\tin 4.0 s\t3\tno route; 2 snapshots missed");
    }

    @Test
    void aProgramGetsMillisecondsAndBytes() {
        assertThat(copies(OutputFormat.JSON, guest(null)).getFirst()).contains(
                "\"kind\":\"copy\"", "\"snapshot\":\"7-5-0123abcdef\"", "\"ageMs\":30000", "\"lastSuccessMs\":29000",
                "\"bytes\":2097152", "\"bytesPerSecond\":4194304", "\"nextRunMs\":30000", "\"failures\":0",
                "\"paused\":false");
    }

    @Test
    void aPausedGuestSaysByWhomAndHasNoNextRun() {
        GuestState paused = guest(new Replication.Hold("jo", "pool is full"));

        assertThat(copies(OutputFormat.TSV, paused).get(1))
                .contains("\tpaused\t").contains("replication paused by jo: pool is full");
        assertThat(GuestLines.listing(overview(paused)).lines(OutputFormat.TSV, List.of(paused)).get(1))
                .endsWith("replication paused by jo: pool is full, RPO grows");
        assertThat(ClusterLines.text("x", overview(paused).state())).anySatisfy(line -> assertThat(line)
                .startsWith("NOT COPIED: db, replication paused by jo"));
    }

    @Test
    void theRecoveryPointIsTheAgeOfTheFreshestCopyOfThisRun() {
        GuestState guest = guest(null);

        assertThat(overview(guest).recoveryPoint(guest)).contains(Duration.ofSeconds(30));
    }

    @Test
    void aBranchSaysWhereItIsAndWhatItHolds() {
        GuestState guest = guest(null);

        assertThat(BranchLines.listing(overview(guest)).lines(OutputFormat.TSV, BranchLines.of(List.of(guest))))
                .containsExactly(
                        "GUEST\tNODE\tDIVERGENT BRANCH\tBYTES\tSINCE SNAPSHOT\tKEPT FOR\tNOTE",
                        "db\tc\t7-superseded\t1.5 KiB\t6.2 fedcba98\t0 ms\t-");
    }

    private static List<String> copies(OutputFormat format, GuestState guest) {
        return CopyLines.listing().lines(format, CopyLine.of(overview(guest), List.of(guest)));
    }

    private static Overview overview(GuestState guest) {
        LastBeats beats = LastBeats.of(List.of(new LastBeats.Beat(new Heartbeat(
                "a", "topic", LIFE, "boot", 9, Map.of(), 8, 8, NOW, Duration.ofSeconds(7), Duration.ofSeconds(3), "process",
                1, Map.of("db", 7L), null), 9)));
        Map<String, NodeState> nodes = Map.of(
                "a", NodeState.absent("a"), "b", NodeState.absent("b"), "c", NodeState.absent("c"));
        return new Overview(
                new ClusterState(null, 10, false, null, null, 7, 0, List.of(), nodes, Map.of("db", guest)), beats,
                Map.of());
    }

    private static GuestState guest(Replication.Hold hold) {
        Runner runner = new Runner("a", LIFE, 7);
        Snapshot newest = new Snapshot("7-5-0123abcdef", 7, 5, NOW.minusSeconds(30), "a", LIFE);
        Replication replication = new Replication(
                hold, newest, NOW.plusSeconds(30), 2, 0, null,
                Map.of(
                        "b", new Replication.Target(
                                2 * 1024 * 1024, Duration.ofMillis(500), NOW.minusSeconds(29), 0, null, null),
                        "c", new Replication.Target(0, Duration.ZERO, null, 3, "no route", NOW.plusSeconds(4))),
                List.of(new Replication.Branch(
                        "c", "7-superseded", 1536, 7, "6-2-fedcba9876", LogTimer.startingAfter(3), null, null, null)));
        return new GuestState(
                "db", SpecEditTest.example(), RequestedState.STARTED, false,
                new GuestPhase.Running(runner, true, LogTimer.startingAfter(1)), List.of(runner), List.of(),
                new LastWriter("a", LIFE, 7, null, true), Map.of("b", newest), List.of("a"), null, Map.of(), null, null, 0,
                Attempts.NONE, null, null, false, replication);
    }
}
