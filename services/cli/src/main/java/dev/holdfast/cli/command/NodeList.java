package dev.holdfast.cli.command;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.local.LocalNode;
import dev.holdfast.cli.local.NodeProcess;
import dev.holdfast.cli.output.Fields;
import dev.holdfast.cli.output.Listing;
import java.util.List;
import picocli.CommandLine.Command;

/** The processes of each node, as this host sees them: works without a quorum, too. */
@Command(
        name = "list",
        description = "List the nodes and their processes, as this host sees them. 'status' shows what the log says.")
final class NodeList extends Verb {

    private static final Listing<LocalNode> LISTING = new Listing<LocalNode>(NodeList::fields)
            .column("NODE", LocalNode::name)
            .column("POWER", node -> node.isOn() ? "on" : "off")
            .column("SUPERVISOR", node -> pid(node, NodeProcess.Role.SUPERVISOR))
            .column("GUARD", node -> pid(node, NodeProcess.Role.GUARD))
            .column("PROCESS", node -> pid(node, NodeProcess.Role.NODE))
            .column("GUESTS", node -> String.join(", ", guests(node)));

    @Override
    public Integer call() {
        screen().list(LISTING, cluster().nodes());
        return ExitCode.OK;
    }

    private static Fields fields(LocalNode node) {
        return Fields.of("node", node.name())
                .and("on", node.isOn())
                .and("folder", node.folder().root().toString())
                .and("processes", node.processes().stream().map(ProcessFields::of).toList())
                .and("guests", guests(node));
    }

    private static String pid(LocalNode node, NodeProcess.Role role) {
        NodeProcess process = node.process(role);
        return process == null ? null : String.valueOf(process.pid());
    }

    private static List<String> guests(LocalNode node) {
        return node.processes().stream()
                .filter(process -> process.guest() != null)
                .map(NodeProcess::guest)
                .distinct()
                .sorted()
                .toList();
    }
}
