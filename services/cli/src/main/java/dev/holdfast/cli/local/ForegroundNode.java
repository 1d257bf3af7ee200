package dev.holdfast.cli.local;

import dev.holdfast.cli.Failure;
import dev.holdfast.guard.server.Log;
import dev.holdfast.guard.supervisor.SupervisorProcess;
import dev.holdfast.guard.supervisor.SupervisorSettings;
import dev.holdfast.node.cluster.Addresses;
import dev.holdfast.node.cluster.ConfigFile;
import dev.holdfast.node.cluster.InvalidConfig;
import dev.holdfast.node.cluster.Net;
import dev.holdfast.node.cluster.NodeConfig;
import dev.holdfast.node.cluster.NodeFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.List;

/** A node on a machine of its own, supervised by this very process: for a container, a systemd unit or a terminal. */
public final class ForegroundNode {

    private final NodeFolder folder;
    private final NodeConfig config;
    private final SupervisorLaunch launch;

    private ForegroundNode(NodeFolder folder, NodeConfig config, List<String> nodeOptions) {
        this.folder = folder;
        this.config = config;
        this.launch = new SupervisorLaunch(JavaPrograms.own(), nodeOptions);
    }

    /**
     * The node in the folder.
     *
     * @param nodeOptions more options for the node's JVM, for example {@code -Xmx512m}
     * @throws Failure if there is none, or it belongs to a cluster of one host
     */
    public static ForegroundNode open(NodeFolder folder, List<String> nodeOptions) {
        if (!Files.exists(folder.nodeYaml())) {
            throw Failure.noAnswer("no node in " + folder.root() + ": './holdfast init' makes the folders of a cluster");
        }
        try {
            NodeConfig config = ConfigFile.readNode(folder.nodeYaml());
            return switch (config.cluster().reach()) {
                case Net net -> throw Failure.badInput(folder.root() + " is a node of a cluster of one host, whose nodes need"
                        + " its links: './holdfast node start " + config.node() + "' starts it");
                case Addresses addresses -> new ForegroundNode(folder, config, nodeOptions);
            };
        } catch (InvalidConfig unusable) {
            throw Failure.badInput(unusable.getMessage());
        }
    }

    /**
     * Supervises the node until a termination signal's orderly stop is complete. The calling thread must live as long as
     * the process.
     *
     * @throws Failure if the node runs already, or cannot be started here
     */
    public void run(PrintStream out) {
        LocalNode node = new LocalNode(config.node(), folder, launch);
        if (node.isOn()) {
            throw Failure.failed("node " + config.node() + " in " + folder.root() + " runs already");
        }
        // Held to the end: a second one, in another container too, must not even look at what this one runs.
        try (ClusterLock _ = ClusterLock.ofFolder(folder.root())) {
            new HostBinding(folder).hold();
            SupervisorSettings settings = node.prepare();
            Log log = new Log(out);
            new SupervisorProcess(settings, log).run();
            log.flush();
        } catch (InvalidConfig unusable) {
            throw Failure.badInput(unusable.getMessage());
        } catch (IOException | SupervisorProcess.SupervisorRunsAlready failed) {
            throw Failure.failed("node " + config.node() + " cannot be started: " + failed.getMessage(), failed);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw Failure.failed("interrupted while supervising node " + config.node());
        }
    }
}
