package dev.holdfast.cli.command;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.Failure;
import dev.holdfast.cli.output.Fields;
import dev.holdfast.node.cluster.ConfigFile;
import dev.holdfast.node.cluster.InvalidConfig;
import dev.holdfast.node.cluster.NodeFolder;
import dev.holdfast.node.cluster.ReplicationKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the other machines have to know of a node that replicates over ssh. */
@Command(
        name = "ssh-key",
        description = {
            "Make the key with which a node replicates over ssh, and print the lines that the other machines need.",
            "One lets the key in, for replication only, one is this machine's host key. A key that is there already stays.",
        },
        footer = "Run it on the node's own machine. It changes nothing outside the node's folder.")
final class NodeSshKey extends Verb {

    @Parameters(paramLabel = "FOLDER/NODE", description = "The folder of the node, which holds its node.yaml.")
    private Path folder;

    @Option(
            names = "--host-key",
            paramLabel = "FILE",
            defaultValue = "/etc/ssh/ssh_host_ed25519_key.pub",
            description = "Public host key of this machine's sshd. Default: ${DEFAULT-VALUE}")
    private Path hostKey;

    @Override
    public Integer call() {
        NodeFolder node = new NodeFolder(folder);
        if (!Files.exists(node.nodeYaml())) {
            throw Failure.badInput("no node in " + node.root() + ": './holdfast init' makes the folders of a cluster");
        }
        try {
            show(ReplicationKey.of(ConfigFile.readNode(node.nodeYaml()), node));
            return ExitCode.OK;
        } catch (InvalidConfig unusable) {
            throw Failure.badInput(unusable.getMessage());
        } catch (IOException failed) {
            throw Failure.failed(failed.getMessage(), failed);
        }
    }

    private void show(ReplicationKey key) throws IOException {
        boolean made = key.make();
        String authorized = key.authorizedKeysLine();
        String known = key.knownHostsLine(hostKey);
        screen().result(
                """
                %s %s. On every other machine add

                to authorized_keys of the account that replication.user in this node's node.yaml names:
                %s

                to the known hosts of the node there (here they are %s):
                %s""".formatted(
                        made ? "Made" : "Found", key.privateKey(), authorized, key.knownHosts(), known),
                Fields.of("keyFile", key.privateKey().toString())
                        .and("made", made)
                        .and("authorizedKeysLine", authorized)
                        .and("knownHosts", key.knownHosts().toString())
                        .and("knownHostsLine", known));
    }
}
