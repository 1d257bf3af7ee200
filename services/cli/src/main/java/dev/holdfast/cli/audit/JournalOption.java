package dev.holdfast.cli.audit;

import dev.holdfast.cli.command.Verb;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which journal a verb looks at: that of the cluster, or one in a file. */
public final class JournalOption {

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "Look at the journal in this file, made by 'export', and at no cluster.")
    private Path file;

    /** Whether it is one in a file, so that no cluster is needed. */
    public boolean isFile() {
        return file != null;
    }

    /**
     * Opens it.
     *
     * @throws dev.holdfast.cli.Failure if there is no such file or cluster
     */
    public JournalSource open(Verb verb) {
        return isFile() ? JournalSource.of(file) : verb.journal();
    }
}
