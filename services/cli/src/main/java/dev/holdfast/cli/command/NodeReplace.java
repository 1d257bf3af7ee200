package dev.holdfast.cli.command;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.Failure;
import dev.holdfast.cli.local.Replacing;
import dev.holdfast.cli.output.Fields;
import dev.holdfast.cli.read.ClusterAccess;
import dev.holdfast.cli.read.Operator;
import dev.holdfast.core.message.OperatorCommand.ReplaceNode;
import dev.holdfast.node.cluster.ClusterConfig;
import dev.holdfast.node.cluster.MachineIdentity;
import dev.holdfast.node.cluster.Net;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.QuorumInfo;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Has another machine take the place of one that is lost. */
@Command(
        name = "replace",
        description = {
            "Have another machine take the place of one that is lost for good, with all that was on its disk.",
            "The node must be fenced. Its copies are forgotten, the old machine is refused for ever, and a folder is "
                    + "made for the new one, which gets copies before it may own a guest that has data."
        },
        footer = "Do not start the old machine again. Its disk may be looked at, and what is on it saved by hand.")
final class NodeReplace extends Verb {

    @Parameters(paramLabel = "NODE", description = "The node whose machine is lost.")
    private String node;

    @Mixin
    private Change change;

    @Override
    public Integer call() {
        ClusterConfig config = config();
        knownNode(node);
        Replacing folder = new Replacing(data(), config, node);
        folder.check();
        MachineIdentity machine = MachineIdentity.fresh();
        try (ClusterAccess access = access()) {
            Operator.Answer answer =
                    change.operator(access).ask(new ReplaceNode(node, machine.machineId().toString()));
            if (!answer.accepted()) {
                return Change.show(screen(), answer);
            }
            screen().progress(answer.text());
            takeVote(access, config.idOf(node));
            Optional<Path> aside = folder.make(machine);
            String next = config.reach() instanceof Net
                    ? "./holdfast node start " + node
                    : "move " + data().resolve(node) + " to the machine " + config.addressOf(node)
                            + " and run there: ./holdfast node run FOLDER/" + node;
            screen().result(
                    aside.map(path -> "The folder of the machine before is " + path + " now.\n").orElse("")
                            + "Next: " + next,
                    Fields.of("id", answer.id())
                            .and("target", answer.target())
                            .and("accepted", true)
                            .and("answer", answer.text())
                            .and("machine", machine.machineId().toString())
                            .and("aside", aside.map(Path::toString).orElse(null))
                            .and("next", next));
            return ExitCode.OK;
        }
    }

    /** The disk that is lost has no vote among the brokers' controllers any more; the new one's asks for its own. */
    private static void takeVote(ClusterAccess access, int id) {
        try {
            for (QuorumInfo.ReplicaState voter : access.admin().describeMetadataQuorum().quorumInfo().get().voters()) {
                if (voter.replicaId() == id) {
                    access.admin().removeRaftVoter(id, voter.replicaDirectoryId()).all().get();
                }
            }
        } catch (ExecutionException | KafkaException failed) {
            throw Failure.failed("the log knows the new machine, but the brokers do not give up the old one: "
                    + failed.getMessage() + "; replace the node once more", failed);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw Failure.failed("interrupted; replace the node once more");
        }
    }
}
