package dev.holdfast.cli.command;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.local.LocalCluster;
import dev.holdfast.cli.output.Fields;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Stops the whole cluster. */
@Command(
        name = "down",
        description = "Stop all nodes in an orderly way. The data stays; 'up' starts them again.")
final class DownCommand extends Verb {

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "90s",
            converter = DurationOption.class,
            description = "How long the nodes may take. Default: ${DEFAULT-VALUE}")
    private Duration timeout;

    @Override
    public Integer call() {
        LocalCluster cluster = cluster();
        if (cluster.isRunning()) {
            screen().progress("stopping " + String.join(", ", cluster.config().nodes()) + " ...");
        }
        List<String> stopped = cluster.stop(timeout);
        screen().result(
                stopped.isEmpty() ? "Nothing was running." : "Down: " + String.join(", ", stopped) + ".",
                Fields.of("stopped", stopped));
        return ExitCode.OK;
    }
}
