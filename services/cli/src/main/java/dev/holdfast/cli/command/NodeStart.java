package dev.holdfast.cli.command;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.bringup.BringUp;
import dev.holdfast.cli.local.LocalCluster;
import dev.holdfast.cli.local.LocalNode;
import dev.holdfast.cli.output.Fields;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Switches nodes on. */
@Command(name = "start", description = "Start a node that is down, on the data it has. It joins by itself.")
final class NodeStart extends Verb {

    @Parameters(paramLabel = "NODE", arity = "1..*", description = "The nodes to start.")
    private List<String> nodes;

    @Option(names = "--no-wait", description = "Do not wait until they have joined.")
    private boolean noWait;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "2m",
            converter = DurationOption.class,
            description = "How long to wait until they have joined. Default: ${DEFAULT-VALUE}")
    private Duration timeout;

    @Override
    public Integer call() {
        LocalCluster cluster = cluster();
        nodes.forEach(cluster::node);
        List<String> started = nodes.stream().filter(cluster::startNode).toList();
        List<String> voters = cluster.config().voters();
        long on = voters.stream().map(cluster::node).filter(LocalNode::isOn).count();
        boolean quorum = on > voters.size() / 2;
        if (!noWait && quorum) {
            new BringUp(cluster, screen()::progress).await(nodes, timeout);
        }
        String names = String.join(", ", nodes);
        screen().result(
                (started.isEmpty() ? names + ": on already." : "Started: " + String.join(", ", started) + ".")
                        + (quorum ? "" : " " + on + " of " + voters.size()
                                + " voters are on: nothing is decided before more than half are."),
                Fields.of("nodes", nodes).and("started", started).and("joined", !noWait && quorum));
        return ExitCode.OK;
    }
}
