package dev.holdfast.cli.demo;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The folder that was named on the command line. A rehearsal kills nodes: it never takes the one that is usual. */
public final class GivenData {

    private static final String OPTION = "--data";

    private GivenData() {}

    /** The value of --data, before or after the command's name; empty if it was not given. */
    public static Optional<Path> of(CommandSpec spec) {
        for (CommandLine line = spec.commandLine(); line != null; line = line.getParent()) {
            Path given = line.getParseResult().matchedOptionValue(OPTION, (Path) null);
            if (given != null) {
                return Optional.of(given);
            }
        }
        return Optional.empty();
    }
}
