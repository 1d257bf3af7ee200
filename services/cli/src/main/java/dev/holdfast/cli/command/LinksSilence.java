package dev.holdfast.cli.command;

import dev.holdfast.node.links.LinksClient;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "silence", description = "Cut a node off from all others, in both directions.")
final class LinksSilence extends LinksVerb {

    @Parameters(paramLabel = "NODE", description = "The node.")
    private String node;

    @Override
    void ask(LinksClient links) throws IOException {
        links.silence(node);
    }
}
