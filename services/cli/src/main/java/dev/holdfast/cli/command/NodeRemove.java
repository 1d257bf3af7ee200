package dev.holdfast.cli.command;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.Failure;
import dev.holdfast.cli.local.Membership;
import dev.holdfast.cli.output.Fields;
import dev.holdfast.cli.read.ClusterAccess;
import dev.holdfast.cli.read.Operator;
import dev.holdfast.cli.read.SettingsReader;
import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.node.cluster.ClusterConfig;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Removes a node that does not vote. */
@Command(
        name = "remove",
        description = {
            "Remove a node that was added, for good: what it held counts for nothing any more.",
            "It has to be stopped or fenced, and must not hold the only copy, or the newest data, of any guest."
        },
        footer = "Its folder is kept aside. A name that was used once is not used again.")
final class NodeRemove extends Verb {

    @Parameters(paramLabel = "NODE", description = "The node; no voter.")
    private String node;

    @Mixin
    private Change change;

    @Override
    public Integer call() {
        ClusterConfig config = config();
        if (config.isVoter(node)) {
            throw Failure.badInput(node + " is a voter, and voters are those that the cluster was made with. If its machine "
                    + "is lost, replace it: './holdfast node replace " + node + "'");
        }
        knownNode(node);
        Membership membership = new Membership(data(), config);
        membership.checkRemoving(node);
        try (ClusterAccess access = access()) {
            ClusterSettings present = new SettingsReader(access).inForce();
            Operator.Answer answer = null;
            if (present.nonVoter(node).isPresent()) {
                answer = change.operator(access).change(present.next(
                        present.nonVoters().stream().filter(other -> !other.name().equals(node)).toList(),
                        change.who(), change.why()));
                if (!answer.accepted()) {
                    return Change.show(screen(), answer);
                }
                screen().progress(answer.text());
            }
            Optional<Path> aside = membership.forget(node);
            screen().result(
                    node + " is no node any more." + aside.map(path -> " Its folder is " + path + " now.").orElse(""),
                    Fields.of("node", node)
                            .and("accepted", true)
                            .and("answer", answer == null ? "the log knew it no more" : answer.text())
                            .and("aside", aside.map(Path::toString).orElse(null)));
            return ExitCode.OK;
        }
    }
}
