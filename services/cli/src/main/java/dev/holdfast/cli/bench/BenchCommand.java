package dev.holdfast.cli.bench;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measurements. */
@Command(
        name = "bench",
        description = "Measure, for docs/benchmarks.md.",
        subcommands = {FailoverCommand.class, ReplicationCommand.class, ReplaySpeedCommand.class})
public final class BenchCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Missing command: " + String.join(", ", spec.subcommands().keySet()));
    }
}
