package dev.holdfast.cli.command;

import dev.holdfast.cli.output.Fields;
import dev.holdfast.cli.output.Listing;
import dev.holdfast.cli.output.Span;
import dev.holdfast.node.links.LinkStatus;
import dev.holdfast.node.links.LinksClient;
import java.io.IOException;
import picocli.CommandLine.Command;

@Command(name = "status", description = "Show every direction of every link.")
final class LinksStatus extends LinksVerb {

    private static final Listing<LinkStatus> LISTING = new Listing<LinkStatus>(link -> Fields.of("from", link.from())
                    .and("to", link.to())
                    .and("cut", link.cut())
                    .and("delayMs", link.delay()))
            .column("FROM", LinkStatus::from)
            .column("TO", LinkStatus::to)
            .column("STATE", link -> link.cut() ? "cut" : "open")
            .column("DELAY", link -> Span.of(link.delay()));

    @Override
    void ask(LinksClient links) throws IOException {
        screen().list(LISTING, links.status());
    }
}
