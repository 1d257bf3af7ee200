package dev.holdfast.cli.command;

import dev.holdfast.node.links.LinksClient;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "cut", description = "Drop every byte from one node to another; nothing is closed.")
final class LinksCut extends LinksVerb {

    @Parameters(paramLabel = "FROM", description = "Where the bytes come from.")
    private String from;

    @Parameters(paramLabel = "TO", description = "Where they go to.")
    private String to;

    @Override
    void ask(LinksClient links) throws IOException {
        links.cut(from, to);
    }
}
