package dev.holdfast.cli.command;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.Failure;
import dev.holdfast.cli.output.Fields;
import dev.holdfast.cli.output.Json;
import dev.holdfast.cli.read.ClusterAccess;
import dev.holdfast.cli.read.StateReader;
import dev.holdfast.core.guest.DurationText;
import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.node.Timing;
import java.time.Duration;
import picocli.CommandLine.Command;

/** Prints the settings in force. */
@Command(name = "show", description = "Print the settings in force.")
final class SettingsShow extends Verb {

    @Override
    public Integer call() {
        try (ClusterAccess access = access()) {
            ClusterSettings settings = new StateReader(access)
                    .read()
                    .map(present -> present.state().settings())
                    .orElseThrow(() -> Failure.noAnswer("no settings are in force yet"));
            Fields fields = fields(settings);
            if (screen().isJson()) {
                screen().line(Json.line(fields));
            } else {
                fields.map().forEach((name, value) -> screen().line("%-20s %s".formatted(name, text(value))));
            }
            return ExitCode.OK;
        }
    }

    private static String text(Object value) {
        return value instanceof Duration duration ? DurationText.of(duration) : String.valueOf(value);
    }

    private static Fields fields(ClusterSettings settings) {
        Timing timing = settings.timing();
        return Fields.of("version", settings.version())
                .and("clusterId", settings.clusterId())
                .and("heartbeatTopicId", settings.heartbeatTopicId())
                .and("voters", settings.voters())
                .and("profile", timing.profile())
                .and("beat", timing.beat())
                .and("lease", timing.lease())
                .and("wd", timing.wd())
                .and("feed", timing.feed())
                .and("margin", timing.margin())
                .and("rho", timing.rho())
                .and("silenceUntilFenced", timing.silenceUntilFenced())
                .and("toleratedLogStall", timing.toleratedLogStall())
                .and("coldStartWait", settings.coldStartWait())
                .and("suspectRounds", settings.suspectRounds())
                .and("who", settings.who())
                .and("why", settings.why());
    }
}
