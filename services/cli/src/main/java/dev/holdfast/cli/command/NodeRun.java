package dev.holdfast.cli.command;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.local.ForegroundNode;
import dev.holdfast.node.cluster.NodeFolder;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A node's supervisor in the foreground. */
@Command(
        name = "run",
        description = "Run one node of a cluster of machines until SIGTERM, which stops it in an orderly way.",
        footer = {
            "For a container or a systemd unit on the node's machine. The folder is one of those that './holdfast init'",
            "made; it must be on a local disk and on no other machine. Allow it 60 s to stop.",
        })
final class NodeRun extends Verb {

    @Parameters(paramLabel = "FOLDER/NODE", description = "The folder of the node, which holds its node.yaml.")
    private Path folder;

    @Option(names = "--heap", paramLabel = "SIZE", description = "Largest heap of the node, for example 512m. Default: 256m")
    private String heap;

    @Override
    public Integer call() {
        ForegroundNode.open(new NodeFolder(folder), Heap.options(heap)).run(System.out);
        return ExitCode.OK;
    }
}
