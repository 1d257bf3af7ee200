package dev.holdfast.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoubleRunCheckerIT {

    @TempDir
    Path folder;

    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void makeEvidence() throws Exception {
        Files.createDirectories(evidence());
    }

    @AfterEach
    void endAll() throws InterruptedException {
        for (Process process : started) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void aSecondGuestStartedOnPurposeIsReportedByLockAndByTime() throws Exception {
        wrapped("a", 1);
        awaitLines(3);
        wrapped("b", 2);
        GuestProcess.await("the second to live beside the first",
                () -> DoubleRunChecker.check(evidence()).findings().size() == 2);

        assertThat(DoubleRunChecker.check(evidence()).findings())
                .anyMatch(finding -> finding.matches("g: node b epoch 2 pid \\d+ began .* held the lock"))
                .anyMatch(finding -> finding.matches("g: node a epoch 1 .* and node b epoch 2 .* ran together .*"));
    }

    @Test
    void aSecondGuestBesideAStoppedFirstIsReportedThoughTheFirstSaysNothing() throws Exception {
        Process first = scripted("a", 1);
        awaitLines(3);
        GuestProcess.signal(first, "STOP");
        wrapped("b", 2);
        GuestProcess.await("the second to begin", () -> log().contains("DOUBLE"));
        GuestProcess.signal(first, "CONT");
    }

    @Test
    void oneGuestAfterAnotherIsNoDoubleRunWhicheverWayTheyAreWrapped() throws Exception {
        Process first = wrapped("a", 1);
        awaitLines(3);
        first.destroyForcibly().waitFor();
        awaitCommandGone();
        Process second = scripted("b", 2);
        awaitLines(6);
        second.destroyForcibly().waitFor();
        wrapped("a", 3);
        awaitLines(12);

        assertThat(DoubleRunChecker.check(evidence())).isEqualTo(new DoubleRunReport(3, List.of(), 0));
    }

    @Test
    void aKilledWrapperTakesItsCommandAlong() throws Exception {
        Process wrapper = wrapped("a", 1);
        GuestProcess.await("the command", () -> wrapper.children().count() == 1);
        ProcessHandle command = wrapper.children().findFirst().orElseThrow();
        wrapper.destroyForcibly().waitFor();

        GuestProcess.await("the command's end", () -> !command.isAlive());
    }

    private Process wrapped(String node, long epoch) throws Exception {
        Process process = GuestProcess.java(folder.resolve("out"), WitnessedGuest.class.getName(),
                "--evidence=" + evidence(), "--guest=g", "--node=" + node, "--epoch=" + epoch, "--", "sleep", "1000");
        started.add(process);
        return process;
    }

    private Process scripted(String node, long epoch) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                GuestProcess.examples().resolve("witnessed-guest.sh").toString(), evidence().toString(),
                "sleep", "1000");
        builder.environment().putAll(
                Map.of("HOLDFAST_GUEST", "g", "HOLDFAST_NODE", node, "HOLDFAST_EPOCH", Long.toString(epoch)));
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("out").toFile())).start();
        started.add(process);
        return process;
    }

    /** The kernel ends the command of a killed wrapper a moment after the wrapper; the lock is the wrapper's. */
    private void awaitCommandGone() {
        started.getLast().descendants().forEach(left -> left.onExit().join());
    }

    private void awaitLines(int lines) throws Exception {
        GuestProcess.await(lines + " lines of evidence", () -> log().lines().count() >= lines);
    }

    private String log() throws Exception {
        Path log = evidence().resolve("g.log");
        return Files.exists(log) ? Files.readString(log) : "";
    }

    private Path evidence() {
        return folder.resolve("evidence");
    }
}
