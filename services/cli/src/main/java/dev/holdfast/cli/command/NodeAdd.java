package dev.holdfast.cli.command;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.Failure;
import dev.holdfast.cli.local.Membership;
import dev.holdfast.cli.output.Fields;
import dev.holdfast.cli.read.ClusterAccess;
import dev.holdfast.cli.read.Operator;
import dev.holdfast.cli.read.SettingsReader;
import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.node.NonVoter;
import dev.holdfast.node.cluster.ClusterConfig;
import dev.holdfast.node.cluster.Net;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds a node that does not vote. */
@Command(
        name = "add",
        description = {
            "Add a node to the cluster: it holds copies, runs guests and is fenced as any other.",
            "It is no voter: it keeps no part of the log, its beats are no testimony, and whether decisions are taken does "
                    + "not depend on it. The voters stay those that the cluster was made with."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./holdfast node add d                        on a cluster of one host; then './holdfast node start d'",
            "  ./holdfast node add d --address 10.77.0.14   makes a folder to be moved to that machine",
        })
final class NodeAdd extends Verb {

    @Parameters(paramLabel = "NODE", description = "Its name: small letters, digits and dashes; one that was never used.")
    private String node;

    @Option(
            names = "--address",
            paramLabel = "ADDRESS",
            description = "Where the other machines reach its machine; for clusters whose nodes have machines of their own.")
    private String address;

    @Mixin
    private Change change;

    @Override
    public Integer call() {
        ClusterConfig config = config();
        refuseVoter(config);
        try (ClusterAccess access = access()) {
            ClusterSettings present = new SettingsReader(access).inForce();
            // One that the log knows already was added by a command that did not come to its end.
            Optional<NonVoter> known = present.nonVoter(node);
            NonVoter added = known.orElseGet(() -> node(present));
            Membership membership = new Membership(data(), config);
            membership.checkAdding(added);
            Operator.Answer answer = null;
            if (known.isEmpty()) {
                answer = change.operator(access).change(present.next(
                        Stream.concat(present.nonVoters().stream(), Stream.of(added)).toList(), change.who(), change.why()));
                if (!answer.accepted()) {
                    return Change.show(screen(), answer);
                }
                screen().progress(answer.text());
            }
            Path folder = membership.make(added, new SettingsReader(access).inForce().nonVoters());
            String next = config.reach() instanceof Net
                    ? "./holdfast node start " + node
                    : "move " + folder + " to the machine " + added.address() + " and run there: ./holdfast node run FOLDER/"
                            + node;
            screen().result(
                    "Next: " + next,
                    Fields.of("node", node)
                            .and("id", added.id())
                            .and("address", added.address())
                            .and("accepted", true)
                            .and("answer", answer == null ? "it is a node already" : answer.text())
                            .and("folder", folder.toString())
                            .and("next", next));
            return ExitCode.OK;
        }
    }

    private void refuseVoter(ClusterConfig config) {
        if (config.isVoter(node)) {
            throw Failure.badInput(node + " is a voter of the cluster already");
        }
        boolean ownMachines = !(config.reach() instanceof Net);
        if (ownMachines != (address != null)) {
            throw Failure.badInput(ownMachines
                    ? "--address is missing: the nodes of this cluster have machines of their own"
                    : "--address " + address + ": all nodes of this cluster are on this host; leave it out");
        }
    }

    private NonVoter node(ClusterSettings present) {
        int greatest = present.nonVoters().isEmpty() ? present.voters().size() : present.nonVoters().getLast().id();
        try {
            return new NonVoter(node, greatest + 1, address);
        } catch (IllegalArgumentException invalid) {
            throw Failure.badInput("no node can be added as that: " + invalid.getMessage());
        }
    }
}
