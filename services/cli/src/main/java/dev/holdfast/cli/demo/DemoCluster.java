package dev.holdfast.cli.demo;

import dev.holdfast.cli.Failure;
import dev.holdfast.cli.bringup.BringUp;
import dev.holdfast.cli.local.Blueprint;
import dev.holdfast.cli.local.LocalCluster;
import dev.holdfast.cli.local.Waiting;
import dev.holdfast.cli.read.ClusterAccess;
import dev.holdfast.cli.read.Host;
import dev.holdfast.cli.read.Occurrence.Decided;
import dev.holdfast.cli.read.Operator;
import dev.holdfast.cli.read.PresentState;
import dev.holdfast.cli.read.StateReader;
import dev.holdfast.core.guest.InvalidGuestSpec;
import dev.holdfast.core.message.OperatorCommand;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.GuestPhase;
import dev.holdfast.core.state.GuestState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A cluster of three nodes on this host with the demo's database on it. Whatever happens, {@link #close} leaves no
 * process behind.
 */
public final class DemoCluster implements AutoCloseable {

    private static final int NODES = 3;
    private static final Duration UP_WITHIN = Duration.ofMinutes(4);
    private static final Duration ANSWERS_WITHIN = Duration.ofMinutes(2);
    private static final Duration REPLICATED_WITHIN = Duration.ofMinutes(2);
    private static final Duration WHOLE_WITHIN = Duration.ofMinutes(4);
    private static final Duration OPERATOR_PATIENCE = Duration.ofSeconds(20);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    private final LocalCluster cluster;
    private final DemoSettings settings;
    private final Narrator narrator;
    private final String address;
    private final ClusterAccess access;
    private final QuorumTask quorum;
    private final LogWatch log;
    private volatile Consumer<Decided> listener = decided -> { };
    private volatile boolean ending;

    private DemoCluster(LocalCluster cluster, DemoSettings settings, Narrator narrator) {
        this.cluster = cluster;
        this.settings = settings;
        this.narrator = narrator;
        this.address = cluster.config().net().prefix() + ".100.1";
        this.access = new ClusterAccess(cluster.config());
        this.quorum = new QuorumTask(cluster);
        this.log = LogWatch.start(access, decided -> listener.accept(decided));
    }

    /**
     * Makes the cluster's data; nothing runs yet.
     *
     * @param pools where volumes are kept; empty for directories
     * @throws Failure if the folder holds anything already
     */
    static LocalCluster create(Path folder, DemoSettings settings, Optional<ZfsPools> pools) {
        Blueprint plain = Blueprint.of(NODES, settings.profile());
        return LocalCluster.create(folder, pools.map(made -> plain.on(made.dataset())).orElse(plain));
    }

    /**
     * Starts the cluster and waits until it decides.
     *
     * @throws Failure naming what does not come up
     */
    static DemoCluster start(LocalCluster cluster, DemoSettings settings, Narrator narrator) {
        new BringUp(cluster, line -> narrator.say("  " + line)).run(UP_WITHIN);
        return new DemoCluster(cluster, settings, narrator);
    }

    /** Adds the database, and waits until it answers and every other node holds a copy. */
    void addGuest() {
        Moment added = Moment.now();
        try {
            Operator.Answer answer = operator("the demo's database")
                    .declare(DemoGuest.spec(address, evidence(), settings.interval()));
            if (!answer.accepted()) {
                throw Failure.failed("the guest is refused: " + answer.text());
            }
        } catch (InvalidGuestSpec wrong) {
            throw Failure.badInput(wrong.getMessage());
        }
        if (!Waiting.until(() -> guestOn().size() == 1, ANSWERS_WITHIN, BETWEEN_LOOKS)) {
            throw Failure.failed(DemoGuest.NAME + " does not answer after " + ANSWERS_WITHIN.toSeconds()
                    + " s; the logs in " + cluster.folder().root() + " say why");
        }
        narrator.say("  " + DemoGuest.NAME + " answers on " + owner() + " at " + address + ":" + DemoGuest.PORT);
        awaitReplicas(added);
        narrator.say("  first copies are on " + String.join(" and ", others(owner())));
        awaitWhole();
    }

    /** Waits until every node but the owner holds a snapshot taken after that moment. */
    void awaitReplicas(Moment since) {
        if (!Waiting.until(() -> replicatedSince(since), REPLICATED_WITHIN, BETWEEN_LOOKS)) {
            throw Failure.failed("no snapshot of " + DemoGuest.NAME + " has reached all nodes for "
                    + REPLICATED_WITHIN.toSeconds() + " s; './holdfast events' of " + cluster.folder().root()
                    + " says why");
        }
    }

    private boolean replicatedSince(Moment since) {
        Set<String> on = guestOn();
        return on.size() == 1 && others(on.iterator().next()).stream().allMatch(node -> log.replicaOn(node)
                .filter(snapshot -> on.contains(snapshot.owner()))
                .filter(snapshot -> snapshot.takenAt().compareTo(since.witness()) > 0)
                .isPresent());
    }

    /** Names of the demo's nodes. */
    static List<String> nodes() {
        return Blueprint.of(NODES, "default").nodes();
    }

    /** Where a node mounts or keeps what it set aside of the guest. */
    Path aside(String node, String branch) {
        return cluster.folder().node(node).volumes().resolve(DemoGuest.NAME).resolve("aside").resolve(branch);
    }

    /** Switches the node on again and waits until the cluster is as it was: all joined, all copies back. */
    void restore(String node) {
        Moment begun = Moment.now();
        try {
            cluster.links().healAll();
        } catch (IOException gone) {
            throw Failure.failed("the links between the nodes do not answer: " + gone.getMessage(), gone);
        }
        startNode(node);
        new BringUp(cluster, line -> { }).await(List.of(node), UP_WITHIN);
        awaitReplicas(begun);
        awaitWhole();
        narrator.say("  %s is back, %.1f s after it was switched on: all copies are complete again".formatted(
                node, (System.nanoTime() - begun.nanoTime()) / 1e9));
    }

    /** Waits until every replica of every topic is in sync, and every node could decide at once. */
    private void awaitWhole() {
        String[] missing = {""};
        if (!Waiting.until(() -> (missing[0] = notWhole()).isEmpty(), WHOLE_WITHIN, BETWEEN_LOOKS)) {
            throw Failure.failed("the cluster is not whole after " + WHOLE_WITHIN.toSeconds() + " s: " + missing[0]);
        }
    }

    /** What is missing to a whole cluster; empty text if nothing is. */
    private String notWhole() {
        try {
            Set<String> behind = leaders().notInSync();
            if (!behind.isEmpty()) {
                return "replicas not in sync: " + String.join(", ", behind);
            }
        } catch (ExecutionException failed) {
            return "brokers do not answer: " + failed.getCause().getMessage();
        }
        return cluster.config().nodes().stream()
                .filter(node -> quorum.status(node).filter(QuorumTask.Status::caughtUp).isEmpty())
                .map(node -> "the decision maker's standby on " + node)
                .findFirst()
                .orElse("");
    }

    private synchronized void startNode(String node) {
        if (ending) {
            throw Failure.failed("interrupted");
        }
        cluster.startNode(node);
    }

    /** The node on which the guest answers; empty if there is none. */
    Set<String> guestOn() {
        return guest()
                .filter(guest -> guest.move() == null)
                .flatMap(guest -> guest.phase() instanceof GuestPhase.Running running && running.answering()
                        ? Optional.of(Set.of(running.runner().node()))
                        : Optional.empty())
                .orElse(Set.of());
    }

    /**
     * The node on which the guest answers.
     *
     * @throws Failure if it does not
     */
    String owner() {
        return guestOn().stream().findFirst()
                .orElseThrow(() -> Failure.failed(DemoGuest.NAME + " does not answer at present"));
    }

    private Optional<GuestState> guest() {
        return present().map(state -> state.guests().get(DemoGuest.NAME));
    }

    Optional<ClusterState> present() {
        return new StateReader(access).read().map(PresentState::state);
    }

    List<String> others(String node) {
        return cluster.config().nodes().stream().filter(other -> !other.equals(node)).toList();
    }

    /** Has the guest moved without loss; returns once that is accepted. */
    void switchover(String to) {
        Operator.Answer answer =
                operator("to be with the other roles").ask(new OperatorCommand.Switchover(DemoGuest.NAME, to));
        if (!answer.accepted()) {
            throw Failure.failed("the switchover is refused: " + answer.text());
        }
    }

    private Operator operator(String why) {
        return new Operator(access, Host.userAndName(), why, OPERATOR_PATIENCE);
    }

    public LocalCluster local() {
        return cluster;
    }

    public ClusterAccess access() {
        return access;
    }

    /** From snapshot to snapshot. */
    Duration interval() {
        return settings.interval();
    }

    LogWatch log() {
        return log;
    }

    QuorumTask quorum() {
        return quorum;
    }

    TopicLeaders leaders() {
        return new TopicLeaders(access.admin(), cluster.config());
    }

    RoleReader roles() {
        return new RoleReader(cluster, leaders(), quorum, this::guestOn);
    }

    /** Tells whoever watches. */
    public void tell(String line) {
        narrator.say(line);
    }

    Narrator narrator() {
        return narrator;
    }

    /** Where the guests say when they run: outside all node folders. */
    Path evidence() {
        return cluster.folder().root().resolve("evidence");
    }

    LoadSettings load(String run) {
        return LoadSettings.of(DatabaseGuest.url(address, DemoGuest.PORT), run);
    }

    /** Is told of each decision from now on, on a thread of its own. */
    void onDecision(Consumer<Decided> told) {
        listener = told;
    }

    /** Closes what this process has open; the cluster goes on. */
    @Override
    public void close() {
        synchronized (this) {
            ending = true;
        }
        log.close();
        quorum.close();
        access.close();
    }

    /** Ends every process of the cluster. What is just being started is found by looking again. */
    static void endAll(LocalCluster cluster) {
        boolean interrupted = Thread.interrupted(); // Or every wait in here would end at once.
        int quiet = 0;
        while (quiet < 2) {
            boolean none = cluster.processes().isEmpty();
            cluster.killAll();
            quiet = none ? quiet + 1 : 0;
            Waiting.pause(BETWEEN_LOOKS);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Removes a folder and all in it; what cannot be removed stays. */
    static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException stays) {
            // A temporary folder: the system will remove it one day.
        }
    }
}
