package dev.holdfast.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.audit.file.JournalFileWriter;
import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.command.Holdfast;
import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.node.Timing;
import dev.holdfast.encoding.Codecs;
import dev.holdfast.encoding.journal.Chain;
import dev.holdfast.encoding.journal.CheckpointPlan;
import dev.holdfast.simulator.journal.SimulatedJournal;
import dev.holdfast.simulator.scenario.Guests;
import dev.holdfast.simulator.world.SteadyCluster;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The verb on an exported journal of one loss of a node. */
class WhatIfCommandTest {

    private static final long SECOND = 1_000_000_000L;

    @TempDir
    private static Path folder;

    private static String file;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void aNodeIsLost() throws IOException {
        Path path = folder.resolve("journal.avro");
        file = path.toString();
        Codecs codecs = Codecs.derivingIds();
        try (JournalFileWriter writer =
                new JournalFileWriter(path, "simulated", Chain.text(Chain.beginning()), false, Optional.empty())) {
            SimulatedJournal journal = new SimulatedJournal(codecs, CheckpointPlan.HOURLY, value -> add(writer, value));
            SteadyCluster cluster = new SteadyCluster(
                    List.of("a", "b", "c"), List.of(), Timing.DEFAULT, ClusterSettings.COLD_START_WAIT, "b", 1, journal);
            List.of("a", "b", "c").forEach(cluster::powerOn);
            cluster.at(10 * SECOND, () -> cluster.declare(Guests.named("db")));
            cluster.at(60 * SECOND, () -> cluster.powerOff(cluster.running().iterator().next().node()));
            cluster.runUntil(180 * SECOND);
            writer.complete(journal.head().entries());
        }
    }

    private static void add(JournalFileWriter writer, byte[] value) {
        try {
            writer.add(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int whatIf(String... options) {
        CommandLine line = Holdfast.commandLine();
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        String[] arguments = new String[options.length + 3];
        arguments[0] = "what-if";
        arguments[1] = "--file";
        arguments[2] = file;
        System.arraycopy(options, 0, arguments, 3, options.length);
        return line.execute(arguments);
    }

    @Test
    void aTableSaysHowMuchLongerAFailoverWouldHaveTaken() {
        assertThat(whatIf("--profile", "careful")).isEqualTo(ExitCode.OK);

        assertThat(out.toString()).contains(
                "fenced", "later", "+18.", "db", "needed 35000 ms",
                "1 fencings: 0 added, 0 avoided, 0 earlier, 1 later, 0 same", "outage of guests +18.");
    }

    @Test
    void programsGetOneObjectPerLine() {
        assertThat(whatIf("--profile", "careful", "-o", "json")).isEqualTo(ExitCode.OK);

        assertThat(out.toString().lines()).singleElement().asString()
                .startsWith("{\"event\":\"").contains("\"change\":\"later\",\"deltaMs\":18", "\"kind\":\"fencing\"",
                        "\"guests\":[\"db\"]", "\"recorded\":{\"entry\":", "\"input\":\"node.heartbeats@");
    }

    @Test
    void aNodeThatIsLeftOutTestifiesNoMore() {
        assertThat(whatIf("--without-node", "c")).isEqualTo(ExitCode.OK);

        assertThat(out.toString()).contains("avoided", "not proven up to the end of the journal");
    }

    @Test
    void whatNoClusterCouldRunWithIsRefusedWithTheRule() {
        assertThat(whatIf("--lease", "4s", "--wd", "2s")).isEqualTo(ExitCode.USAGE);

        assertThat(err.toString()).contains("no cluster could have run so: timing.lease is 4 s; it must be at least 6 s");
    }

    @Test
    void aNodeThatThereIsNotIsNamed() {
        assertThat(whatIf("--without-node", "d")).isEqualTo(ExitCode.USAGE);

        assertThat(err.toString()).contains("--without-node 'd': the voters are a, b, c");
    }

    @Test
    void nothingSupposedIsNoQuestion() {
        assertThat(whatIf()).isEqualTo(ExitCode.USAGE);

        assertThat(err.toString()).contains("nothing is supposed");
    }
}
