package dev.holdfast.cli.command;

import dev.holdfast.node.links.LinksClient;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "heal", description = "Let everything pass again.")
final class LinksHeal extends LinksVerb {

    @Parameters(paramLabel = "FROM TO", arity = "0..2", description = "One direction. Default: all")
    private List<String> direction = List.of();

    @Override
    void ask(LinksClient links) throws IOException {
        switch (direction.size()) {
            case 0 -> links.healAll();
            case 2 -> links.heal(direction.get(0), direction.get(1));
            default -> throw new IllegalArgumentException("heal takes two nodes, or none for all");
        }
    }
}
