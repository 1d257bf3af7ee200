package dev.holdfast.cli.audit;

import dev.holdfast.audit.check.Audit;
import dev.holdfast.audit.check.AuditResult;
import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.Failure;
import dev.holdfast.cli.command.Verb;
import dev.holdfast.cli.output.Fields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Takes a file that somebody sent. */
@Command(
        name = "import",
        description = "Check an exported journal and keep it beside the cluster's folder, to be looked at with --file.",
        footer = "Nothing of it goes to any cluster: what was decided elsewhere is decided nowhere again.")
public final class ImportCommand extends Verb {

    @Parameters(paramLabel = "FILE", description = "File made by 'export'.")
    private Path file;

    @Override
    public Integer call() {
        AuditResult result;
        String cluster;
        try (JournalSource source = JournalSource.of(file)) {
            cluster = source.cluster();
            ProgressBar bar = new ProgressBar(screen(), "checked", source.bounds());
            result = new Audit(source.codecs(), source.bounds(), List.of()).run(source.values(), bar::at);
            bar.end(result.entries());
        } catch (UncheckedIOException spoilt) {
            throw Failure.failed(spoilt.getCause().getMessage(), spoilt);
        }
        if (!result.isOk()) {
            throw Failure.failed(file + " was changed: " + result.reason() + ". It was not kept");
        }
        Path kept = data().resolve("imported")
                .resolve(cluster + "-" + (result.to() - result.entries() + 1) + "-" + result.to() + ".journal");
        keep(kept);
        screen().result(
                result.entries() + " entries of " + cluster + " are sound and kept in " + kept + "; './holdfast timeline --file "
                        + kept + "' shows what happened",
                Fields.of("file", kept.toString())
                        .and("cluster", cluster)
                        .and("entries", result.entries())
                        .and("first", result.to() - result.entries() + 1)
                        .and("last", result.to()));
        return ExitCode.OK;
    }

    private void keep(Path kept) {
        try {
            Files.createDirectories(kept.getParent());
            Files.copy(file, kept);
        } catch (FileAlreadyExistsException e) {
            throw Failure.failed(kept + " is there already");
        } catch (IOException e) {
            throw Failure.failed("it could not be kept in " + kept + ": " + e.getMessage(), e);
        }
    }
}
