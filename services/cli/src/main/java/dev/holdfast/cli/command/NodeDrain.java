package dev.holdfast.cli.command;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.Failure;
import dev.holdfast.cli.local.ClusterFile;
import dev.holdfast.cli.output.Fields;
import dev.holdfast.cli.read.ClusterAccess;
import dev.holdfast.core.message.OperatorCommand.ShutdownNode;
import dev.holdfast.core.node.ShutdownPolicy;
import dev.holdfast.node.cluster.ClusterConfig;
import dev.holdfast.node.cluster.ConfigFile;
import dev.holdfast.node.cluster.InvalidConfig;
import dev.holdfast.node.cluster.NodeConfig;
import dev.holdfast.node.cluster.NodeFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Moves a node's guests away before it is stopped, wherever it runs. */
@Command(
        name = "drain",
        description = {
            "Say that a node is about to be stopped, and wait until none of its guests needs it any more.",
            "It stops nothing itself: whoever runs the node does that then, systemd for example. Until its next incarnation "
                    + "the node takes no guests."
        },
        footer = "'node stop' does both on a cluster of one host.")
final class NodeDrain extends Verb {

    @Parameters(paramLabel = "NODE|FOLDER/NODE", description = "Its name; or its folder, on its own machine.")
    private String node;

    @Option(
            names = "--policy",
            paramLabel = "POLICY",
            defaultValue = "migrate",
            description = "What becomes of its guests, as for 'node stop'. Default: ${DEFAULT-VALUE}")
    private ShutdownPolicy policy;

    @Option(names = "--reboot", description = "It comes back at once; for --policy conditional.")
    private boolean reboot;

    @Option(
            names = "--drain-timeout",
            paramLabel = "DURATION",
            defaultValue = "2m",
            converter = DurationOption.class,
            description = "How long its guests may take to move. Default: ${DEFAULT-VALUE}")
    private Duration drainTimeout;

    @Mixin
    private Change change;

    @Override
    public Integer call() {
        NodeFolder folder = new NodeFolder(Path.of(node));
        if (node.contains("/") && !Files.exists(folder.nodeYaml())) {
            throw Failure.badInput("no node in " + folder.root() + ": name the folder that holds its node.yaml");
        }
        return Files.exists(folder.nodeYaml()) ? ofFolder(folder) : drain(config(), ClusterFile.requireNode(config(), node));
    }

    private int ofFolder(NodeFolder folder) {
        try {
            NodeConfig config = ConfigFile.readNode(folder.nodeYaml());
            return drain(config.cluster(), config.node());
        } catch (InvalidConfig unusable) {
            throw Failure.badInput(unusable.getMessage());
        }
    }

    private int drain(ClusterConfig config, String name) {
        try (ClusterAccess access = new ClusterAccess(config)) {
            new Drain(access, change.operator(access), screen()::progress)
                    .run(new ShutdownNode(name, policy, reboot), drainTimeout);
        }
        screen().result(name + " may be stopped.", Fields.of("node", name).and("drained", true));
        return ExitCode.OK;
    }
}
