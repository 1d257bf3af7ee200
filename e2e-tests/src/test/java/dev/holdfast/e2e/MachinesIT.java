package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Main;
import dev.holdfast.cli.command.Holdfast;
import dev.holdfast.cli.local.ClusterFile;
import dev.holdfast.cli.local.Waiting;
import dev.holdfast.cli.read.ClusterAccess;
import dev.holdfast.cli.read.StateReader;
import dev.holdfast.guard.process.Markers;
import dev.holdfast.guard.process.ProcessEntry;
import dev.holdfast.guard.process.ProcessIdentity;
import dev.holdfast.guard.process.ProcessTable;
import dev.holdfast.guard.supervisor.PidFile;
import dev.holdfast.node.cluster.ClusterFolder;
import dev.holdfast.node.cluster.MachineIdentity;
import dev.holdfast.node.process.JavaProgram;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Nodes with machines of their own, as containers and systemd units run them: three folders that init made, a supervisor
 * in the foreground for each, nothing between them. The machines' addresses are plain loopback addresses here.
 */
class MachinesIT {

    static final List<String> NODES = List.of("a", "b", "c");
    private static final String GUEST_FILE = "../infra/examples/web-server.yaml";
    private static final String GUEST = "files";
    private static final int GUEST_PORT = 8080;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration GONE_WITHIN = Duration.ofSeconds(90);

    private final Map<String, Process> supervisors = new LinkedHashMap<>();
    private Path data;
    ClusterFolder folder;

    @BeforeEach
    void makeCluster() throws Exception {
        data = Path.of("target", "e2e", "machines-" + System.nanoTime()).toAbsolutePath();
        folder = new ClusterFolder(data);
        Files.createDirectories(data);
        holdfast("init", "--profile", "fast", "--address", "a=" + address("a"), "--address", "b=" + address("b"),
                "--address", "c=" + address("c"));
        configure();
    }

    /** What is done to the folders before the nodes start. */
    void configure() throws Exception {}

    @Test
    void aGuestComesBackOnAnotherMachineAndTheLostOneReturns() throws Exception {
        NODES.forEach(this::start);
        holdfast("up", "--timeout", "5m");
        holdfast("guest", "add", GUEST_FILE, "--timeout", "2m");
        String owner = awaitAnswerOfAnyBut(null);
        awaitReplicasOfAllBut(owner);

        supervisors.get(owner).destroyForcibly().waitFor();

        awaitAnswerOfAnyBut(owner);
        assertThat(answers(owner)).isFalse();
        start(owner);
        holdfast("up", "--timeout", "5m");
        holdfast("replay");
        for (Process supervisor : supervisors.values()) {
            supervisor.destroy();
        }
        for (String node : NODES) {
            Process supervisor = supervisors.get(node);
            assertThat(supervisor.waitFor(GONE_WITHIN.toSeconds(), TimeUnit.SECONDS)).as(node + " stopped").isTrue();
            assertThat(supervisor.exitValue()).as("exit code of " + node).isZero();
            assertThat(processesOf(node)).as("left of " + node).isEmpty();
        }
    }

    @AfterEach
    void leaveNoProcessBehind() {
        supervisors.values().forEach(Process::destroyForcibly);
        for (String node : NODES) {
            assertThat(Waiting.until(() -> killed(node), GONE_WITHIN)).as("everything of " + node + " is gone").isTrue();
        }
    }

    /** Each run has addresses of its own, none of them a cluster's of one host. */
    static String address(String node) {
        long pid = ProcessHandle.current().pid();
        return "127.%d.%d.%d".formatted(100 + pid % 100, 1 + pid / 100 % 250, 11 + NODES.indexOf(node));
    }

    private void start(String node) {
        JavaProgram program = JavaProgram.ofThisProcess();
        try {
            supervisors.put(node, new ProcessBuilder(
                            program.java().toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m",
                            "--enable-native-access=ALL-UNNAMED", "-cp", program.classPath(), Main.class.getName(),
                            "node", "run", folder.node(node).root().toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(data.resolve(node + ".out").toFile()))
                    .start());
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    void holdfast(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", data.toString()));
        int code = Holdfast.commandLine()
                .setOut(new PrintWriter(System.out, true))
                .setErr(new PrintWriter(System.out, true))
                .execute(all.toArray(String[]::new));
        assertThat(code).as(String.join(" ", all)).isZero();
    }

    /** A guest without a replica comes back only with its node. */
    private void awaitReplicasOfAllBut(String owner) {
        Set<String> others = NODES.stream().filter(node -> !node.equals(owner)).collect(Collectors.toSet());
        try (ClusterAccess access = new ClusterAccess(ClusterFile.read(data))) {
            StateReader log = new StateReader(access);
            assertThat(Waiting.until(() -> log.read()
                            .map(present -> present.state().guests().get(GUEST))
                            .filter(guest -> guest.replicas().keySet().containsAll(others))
                            .isPresent(), PATIENCE))
                    .as("replicas of the guest on " + others).isTrue();
        }
    }

    private static String awaitAnswerOfAnyBut(String node) {
        List<String> others = NODES.stream().filter(each -> !each.equals(node)).toList();
        assertThat(Waiting.until(() -> others.stream().anyMatch(MachinesIT::answers), PATIENCE))
                .as("the guest answers on one of " + others).isTrue();
        return others.stream().filter(MachinesIT::answers).findFirst().orElseThrow();
    }

    private static boolean answers(String node) {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create("http://" + address(node) + ":" + GUEST_PORT + "/").toURL().openConnection();
            connection.setConnectTimeout(1_000);
            connection.setReadTimeout(5_000);
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException notYet) {
            return false;
        }
    }

    private boolean killed(String node) {
        List<ProcessIdentity> left = processesOf(node);
        left.forEach(ProcessIdentity::kill);
        return left.isEmpty();
    }

    /** Guard, node and guests: what could outlive a supervisor. */
    private List<ProcessIdentity> processesOf(String node) {
        try {
            String machine = MachineIdentity.read(folder.node(node).identity()).machineId().toString();
            List<ProcessIdentity> found = new ArrayList<>(ProcessTable.read().all().stream()
                    .filter(ProcessEntry::isAlive)
                    .filter(entry -> Markers.guestOn(machine, entry.pid()).isPresent())
                    .map(ProcessEntry::identity)
                    .toList());
            for (String role : List.of("guard", "node")) {
                Optional<ProcessIdentity> filed = new PidFile(folder.node(node).run(), role).read();
                filed.filter(ProcessIdentity::isAlive).ifPresent(found::add);
            }
            return found;
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
