package dev.holdfast.cli.command;

import dev.holdfast.node.links.LinksClient;
import java.io.IOException;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "delay", description = "Make every byte from one node to another arrive later; 0ms ends it.")
final class LinksDelay extends LinksVerb {

    @Parameters(paramLabel = "FROM", description = "Where the bytes come from.")
    private String from;

    @Parameters(paramLabel = "TO", description = "Where they go to.")
    private String to;

    @Parameters(paramLabel = "DELAY", converter = DurationOption.class, description = "For example 20ms.")
    private Duration delay;

    @Override
    void ask(LinksClient links) throws IOException {
        links.delay(from, to, delay);
    }
}
