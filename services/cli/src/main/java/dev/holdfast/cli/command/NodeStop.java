package dev.holdfast.cli.command;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.local.LocalCluster;
import dev.holdfast.cli.local.LocalNode;
import dev.holdfast.cli.output.Fields;
import dev.holdfast.cli.read.ClusterAccess;
import dev.holdfast.core.message.OperatorCommand.ShutdownNode;
import dev.holdfast.core.node.ShutdownPolicy;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stops a node in an orderly way. */
@Command(
        name = "stop",
        description = "Stop a node in an orderly way: its guests move to other nodes first, without loss, or as --policy says.")
final class NodeStop extends Verb {

    @Parameters(paramLabel = "NODE", description = "The node to stop.")
    private String node;

    @Option(
            names = "--no-drain",
            description = "Do not move its guests first: they end with it, and start elsewhere if the log allows.")
    private boolean noDrain;

    @Option(
            names = "--policy",
            paramLabel = "POLICY",
            defaultValue = "migrate",
            description = "What becomes of its guests. migrate: they move, and it waits for those that no node can take. "
                    + "failover: those that no node can take stop, and are recovered elsewhere. freeze: all stop, and "
                    + "start there again when it is back. conditional: freeze with --reboot, failover without. "
                    + "Default: ${DEFAULT-VALUE}")
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

    @Option(
            names = "--stop-timeout",
            paramLabel = "DURATION",
            defaultValue = "90s",
            converter = DurationOption.class,
            description = "How long its processes may take to end. Default: ${DEFAULT-VALUE}")
    private Duration stopTimeout;

    @Mixin
    private Change change;

    @Override
    public Integer call() {
        LocalCluster cluster = cluster();
        LocalNode victim = cluster.node(node);
        if (victim.processes().isEmpty()) {
            screen().result(node + ": off already.", Fields.of("node", node).and("stopped", false));
            return ExitCode.OK;
        }
        if (!noDrain) {
            try (ClusterAccess access = ClusterAccess.to(cluster)) {
                new Drain(access, change.operator(access), screen()::progress)
                        .run(new ShutdownNode(node, policy, reboot), drainTimeout);
            }
        }
        screen().progress("stopping " + node + " ...");
        cluster.stopNode(node, stopTimeout);
        screen().result("Stopped: " + node + ".", Fields.of("node", node).and("stopped", true));
        return ExitCode.OK;
    }
}
