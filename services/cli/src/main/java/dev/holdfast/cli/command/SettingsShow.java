package dev.holdfast.cli.command;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.output.Fields;
import dev.holdfast.cli.read.ClusterAccess;
import dev.holdfast.cli.read.LastBeats;
import dev.holdfast.cli.read.SettingsReader;
import dev.holdfast.core.message.ClusterSettings;
import picocli.CommandLine.Command;

/** Prints the settings in force. */
@Command(
        name = "show",
        description = "Print the settings in force, and what each node runs by its own last beat.",
        footerHeading = "%nWhat the names mean:%n",
        footer = {
            "  silenceUntilFenced    T = lease + wd + margin: what a silent node is given",
            "  witnessedUntilFenced  the same by the worst clocks that rho allows: what two others must have lived",
            "  toleratedLogStall     how long Kafka may stand still before healthy nodes lose their leases",
            "  runs                  what a node works with; it is judged by the longest it has named since it joined",
        })
final class SettingsShow extends Verb {

    @Override
    public Integer call() {
        try (ClusterAccess access = access()) {
            SettingsReader reader = new SettingsReader(access);
            ClusterSettings settings = reader.inForce();
            LastBeats beats = LastBeats.read(access);
            SettingsLines.print(screen(), SettingsLines.fields(settings)
                    .and("who", settings.who())
                    .and("why", settings.why())
                    .and("when", reader.writtenAt(settings).orElse(null))
                    .and("nodes", settings.nodes().stream()
                            .flatMap(node -> beats.of(node).stream())
                            .map(beat -> Fields.of("node", beat.beat().node())
                                    .and("settingsVersion", beat.beat().settingsVersion())
                                    .and("lease", beat.beat().lease())
                                    .and("wd", beat.beat().wd()))
                            .toList()));
            return ExitCode.OK;
        }
    }
}
