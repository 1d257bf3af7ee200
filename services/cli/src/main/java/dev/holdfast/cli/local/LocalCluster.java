package dev.holdfast.cli.local;

import dev.holdfast.cli.Failure;
import dev.holdfast.node.cluster.Addresses;
import dev.holdfast.node.cluster.ClusterConfig;
import dev.holdfast.node.cluster.ClusterFolder;
import dev.holdfast.node.cluster.ClusterInit;
import dev.holdfast.node.cluster.ExistingData;
import dev.holdfast.node.cluster.FreeNet;
import dev.holdfast.node.cluster.InvalidConfig;
import dev.holdfast.node.cluster.Net;
import dev.holdfast.node.links.LinksClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A whole cluster on this host: every node a machine of its own as far as it can tell, with processes that outlive the
 * one that started them. All state is in the data folder, so any process can open the cluster and change it.
 *
 * <p>Methods throw {@link Failure} with a sentence for the user. Used by several threads and processes at once.
 */
public final class LocalCluster {

    private final ClusterFolder folder;
    private final LinksProcess links;
    private final List<String> nodeOptions;
    private ClusterConfig config;

    private LocalCluster(ClusterFolder folder, ClusterConfig config, List<String> nodeOptions) {
        this.folder = folder;
        this.config = config;
        this.links = new LinksProcess(folder);
        this.nodeOptions = List.copyOf(nodeOptions);
        NodeNames.use(config);
    }

    /** Whether the folder holds a cluster. */
    public static boolean existsIn(Path data) {
        return ClusterFile.isIn(data);
    }

    /**
     * Makes a new cluster in the folder, which is created if need be; nothing runs yet.
     *
     * @throws Failure if the folder holds data already, or the blueprint breaks a rule
     */
    public static LocalCluster create(Path data, Blueprint blueprint) {
        ClusterFolder folder = new ClusterFolder(data);
        try {
            Files.createDirectories(folder.root());
            try (ClusterLock _ = ClusterLock.ofFolder(folder.root())) {
                new ClusterInit(folder).create(
                        blueprint.name(), blueprint.nodes(), blueprint.profile(), blueprint.registryUrl(),
                        blueprint.dataset());
                FirstSteps.markPending(folder);
            }
        } catch (ExistingData | InvalidConfig refused) {
            throw Failure.badInput(refused.getMessage());
        } catch (IOException | UncheckedIOException failed) {
            throw Failure.failed("cannot make a cluster in " + folder.root() + ": " + failed.getMessage(), failed);
        }
        return open(data);
    }

    /**
     * The cluster in the folder, whether it runs or not.
     *
     * @throws Failure if there is none, its configuration is unusable, or its nodes have machines of their own
     */
    public static LocalCluster open(Path data) {
        return open(data, List.of());
    }

    /**
     * As {@link #open(Path)}.
     *
     * @param nodeOptions more options for the JVMs of nodes started through this object, for example {@code -Xmx512m}
     */
    public static LocalCluster open(Path data, List<String> nodeOptions) {
        ClusterConfig config = ClusterFile.read(data);
        return switch (config.reach()) {
            case Net net -> new LocalCluster(new ClusterFolder(data), config, nodeOptions);
            case Addresses addresses -> throw Failure.badInput("this works only on a cluster of one host, and the nodes of '"
                    + config.name() + "' have machines of their own " + addresses.byNode()
                    + ": do it on the node's machine, through whatever runs './holdfast node run' there");
        };
    }

    /** Whether topics and first settings are still to be made: the part of init that needs running brokers. */
    public boolean needsFirstSteps() {
        return FirstSteps.arePending(folder);
    }

    /** To be called once they are made. */
    public void firstStepsDone() {
        FirstSteps.markDone(folder);
    }

    public ClusterFolder folder() {
        return folder;
    }

    /** As its file says now: others may have added nodes. */
    public synchronized ClusterConfig config() {
        ClusterConfig now = ClusterFile.read(folder.root());
        if (!now.equals(config)) {
            config = now;
            NodeNames.use(now);
        }
        return config;
    }

    /** All nodes, in the cluster's order. */
    public List<LocalNode> nodes() {
        return config().nodes().stream().map(this::nodeNamed).toList();
    }

    /**
     * The node of that name.
     *
     * @throws Failure naming the nodes there are
     */
    public LocalNode node(String name) {
        return nodeNamed(ClusterFile.requireNode(config(), name));
    }

    private LocalNode nodeNamed(String name) {
        return new LocalNode(name, folder.node(name), new SupervisorLaunch(JavaPrograms.own(), nodeOptions));
    }

    /** Whether any node is switched on. */
    public boolean isRunning() {
        return nodes().stream().anyMatch(LocalNode::isOn);
    }

    /**
     * Starts the links and every node that is not on. Returns once the supervisors run; nodes join later.
     *
     * @return names of the nodes that were off
     */
    public List<String> start() {
        startLinks();
        return config().nodes().stream().filter(this::switchOn).toList();
    }

    /**
     * Starts the links unless they run, in another part of the loopback network if this one was taken meanwhile. All
     * else needs them.
     */
    public synchronized void startLinks() {
        try (ClusterLock _ = ClusterLock.ofNetworks();
                ClusterLock _ = ClusterLock.ofFolder(folder.root())) {
            boolean nothingRuns = links.process().isEmpty() && nodes().stream().allMatch(node -> node.processes().isEmpty());
            if (nothingRuns && !FreeNet.isFree(config.net(), config.greatestId())) {
                config = new ClusterInit(folder).moveTo(FreeNet.first(config.greatestId()));
                NodeNames.use(config);
            }
            links.start();
        } catch (IOException | IllegalStateException failed) {
            throw Failure.failed("no network for the cluster: " + failed.getMessage(), failed);
        }
    }

    /**
     * Switches one node on, on the data it has, and the links if they do not run.
     *
     * @return false if it was on already
     */
    public boolean startNode(String name) {
        LocalNode node = node(name);
        startLinks();
        return switchOn(node.name());
    }

    private synchronized boolean switchOn(String name) {
        try (ClusterLock _ = ClusterLock.ofFolder(folder.root())) {
            return nodeNamed(name).start();
        }
    }

    /**
     * Stops one node in an orderly way: its guests end, its services say so on the log, its broker hands over. Guests
     * that should go on elsewhere have to be moved before.
     *
     * @return false if it was off already
     * @throws Failure if something of it is left after that time
     */
    public boolean stopNode(String name, Duration within) {
        LocalNode node = node(name);
        if (node.processes().isEmpty()) {
            return false;
        }
        node.terminate();
        awaitEnd(List.of(node), within);
        return true;
    }

    /**
     * Stops the whole cluster in an orderly way. The next start is a new boot of every machine.
     *
     * @return names of the nodes that were on
     * @throws Failure if something is left after that time
     */
    public List<String> stop(Duration within) {
        List<LocalNode> on = nodes().stream().filter(node -> !node.processes().isEmpty()).toList();
        on.forEach(LocalNode::terminate);
        awaitEnd(on, within);
        nodes().forEach(LocalNode::markPowerLost);
        links.stop();
        return on.stream().map(LocalNode::name).toList();
    }

    private static void awaitEnd(List<LocalNode> nodes, Duration within) {
        long end = System.nanoTime() + within.toNanos();
        List<NodeProcess> left = new ArrayList<>();
        for (LocalNode node : nodes) {
            if (!node.awaitEnd(Duration.ofNanos(Math.max(0, end - System.nanoTime())))) {
                left.addAll(node.processes());
            }
        }
        if (!left.isEmpty()) {
            throw Failure.failed("still running after " + within.toSeconds() + " s: " + left
                    + "; 'node kill' ends them without ceremony");
        }
    }

    /**
     * Pulls the plug of nodes, all at the same moment: SIGKILL to every process of theirs.
     *
     * @throws Failure if a name is unknown, or something survives
     */
    public synchronized Pulled kill(String... names) {
        List<LocalNode> victims = List.of(names).stream().map(this::node).toList();
        try (ClusterLock _ = ClusterLock.ofFolder(folder.root())) {
            victims.forEach(LocalNode::markPowerLost);
            return PowerPull.pull(List.of(names), victims.stream().map(LocalNode::census).toList());
        }
    }

    /** Pulls the plug of everything, links included, and leaves no process behind. The data stays. */
    public Pulled killAll() {
        Pulled pulled = kill(config().nodes().toArray(String[]::new));
        links.stop();
        return pulled;
    }

    /** Every live process of every node. */
    public List<NodeProcess> processes() {
        return nodes().stream().flatMap(node -> node.processes().stream()).toList();
    }

    /** To cut, delay and heal the links between nodes. */
    public LinksClient links() {
        return new LinksClient(folder);
    }

    /** {@code host:port} of every node's broker, for clients in this process. */
    public String bootstrap() {
        return config().brokers();
    }
}
