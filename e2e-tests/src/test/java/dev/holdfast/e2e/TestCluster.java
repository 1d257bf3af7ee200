package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.cli.command.Holdfast;
import dev.holdfast.cli.audit.JournalSource;
import dev.holdfast.cli.demo.DatabaseGuest;
import dev.holdfast.cli.demo.DoubleRunChecker;
import dev.holdfast.cli.demo.LoadClient;
import dev.holdfast.cli.demo.LoadListener;
import dev.holdfast.cli.demo.LoadSettings;
import dev.holdfast.cli.local.Blueprint;
import dev.holdfast.cli.local.LocalCluster;
import dev.holdfast.cli.local.NodeProcess;
import dev.holdfast.cli.local.Waiting;
import dev.holdfast.cli.read.ClusterAccess;
import dev.holdfast.cli.read.Occurrence;
import dev.holdfast.cli.read.Operator;
import dev.holdfast.cli.read.StateReader;
import dev.holdfast.cli.read.Timeline;
import dev.holdfast.core.event.Event;
import dev.holdfast.core.event.NodeEvent.NodeFenced;
import dev.holdfast.core.guest.DrillPolicy;
import dev.holdfast.core.guest.GuestSpec;
import dev.holdfast.core.guest.NodeRules;
import dev.holdfast.core.guest.ProbeSpec;
import dev.holdfast.core.guest.ProbeTiming;
import dev.holdfast.core.guest.ReplicationPolicy;
import dev.holdfast.core.guest.RequestedState;
import dev.holdfast.core.guest.RestartPolicy;
import dev.holdfast.core.guest.VolumeKind;
import dev.holdfast.core.message.OperatorCommand;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.GuestPhase;
import dev.holdfast.core.state.GuestState;
import dev.holdfast.core.state.Liveness;
import dev.holdfast.audit.check.Audit;
import dev.holdfast.audit.check.AuditResult;
import dev.holdfast.audit.replay.Replay;
import dev.holdfast.audit.replay.ReplayResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/**
 * A real cluster of three nodes on this machine, in the words of an end-to-end test: what is done to it, what is
 * waited for, and what must hold afterwards whatever was done.
 */
final class TestCluster implements AutoCloseable {

    static final String GUEST = "db";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration UP = Duration.ofMinutes(3);
    private static final int PORT = 9092;

    private final Path folder;
    private final Machines machines;
    private final ClusterAccess access;
    private LoadClient load;
    private AddressRelay clientsGoTo;

    private TestCluster(Path folder, Machines machines) {
        this.folder = folder;
        this.machines = machines;
        this.access = new ClusterAccess(machines.config());
    }

    /** Starts three nodes with profile fast and a database under replication, and waits until all of it is well. */
    static TestCluster withDatabase(String name, Duration interval) {
        return withDatabase(name, interval, RestartPolicy.DEFAULT);
    }

    /** As {@link #withDatabase(String, Duration)}, with another restart policy. */
    static TestCluster withDatabase(String name, Duration interval, RestartPolicy restart) {
        return withDatabase(name, interval, restart, Blueprint.of(3, "fast"));
    }

    /** As {@link #withDatabase(String, Duration)}, with a schema registry. */
    static TestCluster withRegistry(String name, Duration interval, URI registry) {
        Blueprint plain = Blueprint.of(3, "fast");
        return withDatabase(name, interval, RestartPolicy.DEFAULT,
                new Blueprint(plain.name(), plain.nodes(), plain.profile(), Optional.of(registry), Optional.empty()));
    }

    /** As {@link #withDatabase(String, Duration)}, with volumes on ZFS: {@code {node}} in the dataset is the node's name. */
    static TestCluster withDatabaseOnZfs(String name, Duration interval, String dataset) {
        Blueprint plain = Blueprint.of(3, "fast");
        return withDatabase(name, interval, RestartPolicy.DEFAULT,
                new Blueprint(plain.name(), plain.nodes(), plain.profile(), Optional.empty(), Optional.of(dataset)));
    }

    private static TestCluster withDatabase(
            String name, Duration interval, RestartPolicy restart, Blueprint blueprint) {
        try {
            Path folder = newFolder(name);
            LocalCluster cluster = LocalCluster.create(folder.resolve("data"), blueprint);
            return withDatabase(folder, new LocalMachines(cluster, folder.resolve("evidence")), interval, restart);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** As {@link #withDatabase(String, Duration)}, each node in a container of its own. */
    static TestCluster inContainers(String name, Duration interval) {
        try {
            Path folder = newFolder(name);
            return withDatabase(folder, ContainerMachines.create(folder, "fast"), interval, RestartPolicy.DEFAULT);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Path newFolder(String name) throws IOException {
        return Files.createDirectories(
                Path.of("target", "e2e", name + "-" + System.nanoTime()).toAbsolutePath());
    }

    private static TestCluster withDatabase(Path folder, Machines machines, Duration interval, RestartPolicy restart) {
        TestCluster test = new TestCluster(folder, machines);
        try {
            test.bringUp();
            test.declareDatabase(interval, restart);
            test.awaitAnswering();
            test.awaitReplicated();
            return test;
        } catch (RuntimeException | AssertionError failed) {
            test.close();
            throw failed;
        }
    }

    Machines machines() {
        return machines;
    }

    /** Of a cluster whose nodes are processes of this host. */
    LocalCluster processes() {
        return ((LocalMachines) machines).cluster();
    }

    ClusterAccess access() {
        return access;
    }

    Path folder() {
        return folder;
    }

    // ---- what is done to it

    /** Starts whatever is off and waits until all nodes have joined. */
    void bringUp() {
        machines.bringUp(UP, this::log);
    }

    void start(String node) {
        log("start " + node);
        machines.start(node);
    }

    /** Power pull; the peers see resets. */
    void kill(String... nodes) {
        log("kill " + List.of(nodes));
        machines.kill(nodes);
    }

    /** Power pull as it really is: first nothing is heard of the node any more, then it is dead. */
    void silenceAndKill(String node) {
        log("silence and kill " + node);
        machines.cutOff(node);
        machines.kill(node);
    }

    /** Cuts the node off from all others, in both directions; it lives on. */
    void cutOff(String node) {
        log("cut off " + node);
        machines.cutOff(node);
    }

    void cutAll() {
        log("cut all links");
        machines.config().nodes().forEach(machines::cutOff);
    }

    void healLinks() {
        log("heal all links");
        machines.heal();
    }

    void signal(NodeProcess process, String signal) {
        log(signal + " to " + process);
        LocalMachines.signal(process, signal);
    }

    Operator.Answer ask(OperatorCommand.Request request) {
        return new Operator(access, "tester", "end-to-end test", Duration.ofSeconds(30)).ask(request);
    }

    /** The command line as a person has it; returns all that it wrote. */
    String holdfast(int expected, String... arguments) {
        Said said = holdfast(arguments);
        assertThat(said.code()).as("%s: %s", List.of(arguments), said.text()).isEqualTo(expected);
        return said.text();
    }

    /** As {@link #holdfast(int, String...)} with {@code -o json}: its lines as objects. */
    List<JsonNode> json(int expected, String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "-o";
        all[arguments.length + 1] = "json";
        return holdfast(expected, all).lines().filter(line -> line.startsWith("{")).map(TestCluster::object).toList();
    }

    private static JsonNode object(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException foreign) {
            throw new UncheckedIOException(foreign);
        }
    }

    /** How a command ended, and all that it wrote. */
    record Said(int code, String text) {}

    Said holdfast(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", machines.data().toString()));
        StringWriter written = new StringWriter();
        int code = Holdfast.commandLine()
                .setOut(new PrintWriter(written, true))
                .setErr(new PrintWriter(written, true))
                .execute(all.toArray(String[]::new));
        log("holdfast " + String.join(" ", arguments) + "\n" + written);
        return new Said(code, written.toString());
    }

    private void declareDatabase(Duration interval, RestartPolicy restart) {
        String address = machines.guestAddress();
        GuestSpec spec = new GuestSpec(
                GUEST,
                List.of("${java}", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx96m",
                        "--enable-native-access=ALL-UNNAMED", "-cp", machines.classPathOfGuests(),
                        DatabaseGuest.class.getName(), "--volume=${volume}", "--address=${address}", "--port=${port}",
                        "--evidence=" + machines.evidenceSeenByGuests(), "--guest=${guest}", "--node=${node}", "--epoch=${epoch}"),
                Map.of(), machines.config().datasetOf(machines.config().nodes().getFirst()).isPresent()
                        ? VolumeKind.ZFS : VolumeKind.DIRECTORY,
                address, PORT,
                new ProbeSpec.Sql(DatabaseGuest.url("${address}", PORT), "shop", "shop", "VALUES 1",
                        new ProbeTiming(Duration.ofSeconds(1), Duration.ofSeconds(5), 5, Duration.ofMinutes(1))),
                restart, new ReplicationPolicy(interval, Duration.ofSeconds(1), 3), null,
                RequestedState.STARTED, NodeRules.ANY, Duration.ofSeconds(10), DrillPolicy.PULL);
        Operator.Answer answer =
                new Operator(access, "tester", "end-to-end test", Duration.ofSeconds(30)).declare(spec);
        assertThat(answer.accepted()).as(answer.text()).isTrue();
    }

    // ---- load

    void beginLoad() {
        load = LoadClient.start(LoadSettings.of(url(), "run" + System.nanoTime()), LoadListener.NONE);
        await("load is acknowledged", Duration.ofSeconds(30), () -> load.rowsAcknowledged() > 50);
    }

    private String url() {
        if (machines.guestAddress() != null) {
            return DatabaseGuest.url(machines.guestAddress(), PORT);
        }
        if (clientsGoTo == null) {
            clientsGoTo = AddressRelay.to(() -> runner().map(machines::addressSeenByClients), PORT);
        }
        return DatabaseGuest.url(AddressRelay.ADDRESS, clientsGoTo.port());
    }

    LoadClient load() {
        return load;
    }

    // ---- what is waited for

    void await(String what, Duration within, java.util.function.BooleanSupplier condition) {
        long begun = System.nanoTime();
        boolean reached = Waiting.until(condition, within, Duration.ofMillis(250));
        log((reached ? "" : "NOT ") + what + " after " + (System.nanoTime() - begun) / 1_000_000 + " ms");
        assertThat(reached).as("%s within %s; last events:%n%s", what, within, lastEvents()).isTrue();
    }

    void awaitAnswering() {
        owner();
    }

    /** The database answers on another node than that one, by the word of the log. */
    void awaitAnsweringElsewhere(String than) {
        await("the database answers elsewhere than on " + than, Duration.ofSeconds(90),
                () -> runner().filter(node -> !node.equals(than)).isPresent());
    }

    /** The epoch under which the database runs, or ran last. */
    long epoch() {
        return guest().map(guest -> guest.lastWriter().epoch()).orElseThrow();
    }

    /** The database answers again, under a later epoch than that one. */
    void awaitAnsweringAgain(long than) {
        await("the database answers under a later epoch than " + than, Duration.ofSeconds(120), () -> guest()
                .filter(guest -> guest.phase() instanceof GuestPhase.Running running
                        && running.answering()
                        && running.runner().epoch() > than)
                .isPresent());
    }

    /** Every other live node holds a replica of the present epoch. */
    void awaitReplicated() {
        await("every other node holds a fresh replica", Duration.ofSeconds(90), () -> guest().filter(guest ->
                guest.phase() instanceof GuestPhase.Running running
                        && machines.config().nodes().stream()
                                .filter(node -> !node.equals(running.runner().node()))
                                .allMatch(node -> guest.replicas().containsKey(node)
                                        && guest.replicas().get(node).epoch() == running.runner().epoch()))
                .isPresent());
    }

    void awaitLive(String... nodes) {
        await(List.of(nodes) + " live", Duration.ofSeconds(120), () -> state()
                .filter(state -> List.of(nodes).stream().allMatch(node -> state.node(node).isLive()))
                .isPresent());
    }

    void awaitLiveness(String node, Liveness liveness) {
        await(node + " " + liveness, Duration.ofSeconds(60),
                () -> state().filter(state -> state.node(node).liveness() == liveness).isPresent());
    }

    // ---- what is known

    Optional<ClusterState> state() {
        try {
            return new StateReader(access).read().map(present -> present.state());
        } catch (RuntimeException noQuorum) {
            return Optional.empty();
        }
    }

    Optional<GuestState> guest() {
        return state().map(state -> state.guests().get(GUEST));
    }

    /** The node on which the database runs and answers. */
    Optional<String> runner() {
        return guest().map(GuestState::phase)
                .filter(phase -> phase instanceof GuestPhase.Running running && running.answering())
                .map(phase -> ((GuestPhase.Running) phase).runner().node());
    }

    /** As {@link #runner}, after waiting until there is one: where a story begins. */
    String owner() {
        AtomicReference<String> owner = new AtomicReference<>();
        await("the database answers", Duration.ofSeconds(90), () -> {
            runner().ifPresent(owner::set);
            return owner.get() != null;
        });
        return owner.get();
    }

    /** Live processes of the guest on that node, by the machine's process table. */
    List<NodeProcess> guestProcesses(String node) {
        return processes().node(node).processes().stream()
                .filter(process -> process.role() == NodeProcess.Role.GUEST)
                .toList();
    }

    <E extends Event> List<E> events(Class<E> type) {
        try (Timeline timeline = Timeline.fromLast(access, Long.MAX_VALUE / 2)) {
            return timeline.readToEnd().stream()
                    .filter(Occurrence.Decided.class::isInstance)
                    .map(occurrence -> ((Occurrence.Decided) occurrence).decision().event())
                    .filter(type::isInstance)
                    .map(type::cast)
                    .toList();
        }
    }

    private String lastEvents() {
        try (Timeline timeline = Timeline.fromLast(access, 40)) {
            StringBuilder text = new StringBuilder();
            timeline.readToEnd().forEach(one -> text.append(one.at()).append("  ").append(one.summary()).append('\n'));
            return text.toString();
        } catch (RuntimeException unreadable) {
            return "(the log cannot be read: " + unreadable.getMessage() + ")";
        }
    }

    // ---- what must hold whatever was done

    /** No guest ran twice, by the guests' own evidence; the journal is as written and folds to the same decisions. */
    void proveSafety() {
        try {
            assertThat(DoubleRunChecker.check(machines.evidence()).findings()).as("double runs").isEmpty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        try (JournalSource journal = journal()) {
            ReplayResult result = new Replay(journal.codecs()).run(journal.values());
            log("replay: " + result);
            assertThat(result.mismatches()).as("replay: %s", result).isZero();
            assertThat(result.decisions()).isPositive();
        }
        try (JournalSource journal = journal()) {
            AuditResult result =
                    new Audit(journal.codecs(), journal.bounds(), List.of()).run(journal.values(), entries -> { });
            log("audit: " + result);
            assertThat(result.isOk()).as("audit: %s", result).isTrue();
        }
    }

    private JournalSource journal() {
        return JournalSource.of(new ClusterAccess(machines.config()), machines.config().name());
    }

    /** Nobody was fenced but the incarnations of these nodes. */
    void proveNobodyFencedBut(String... nodes) {
        Set<String> allowed = Set.of(nodes);
        Predicate<NodeFenced> wrong = fenced -> !allowed.contains(fenced.node());
        assertThat(events(NodeFenced.class).stream().filter(wrong).toList()).as("false fencings").isEmpty();
    }

    private void log(String line) {
        System.out.printf("%tT.%<tL [%s] %s%n", System.currentTimeMillis(), folder.getFileName(), line);
    }

    @Override
    public void close() {
        if (load != null) {
            load.close();
        }
        if (clientsGoTo != null) {
            clientsGoTo.close();
        }
        access.close();
        machines.close();
    }
}
