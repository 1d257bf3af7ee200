package dev.holdfast.cli.command;

import dev.holdfast.cli.output.Fields;
import dev.holdfast.cli.output.Json;
import dev.holdfast.cli.output.OutputFormat;
import dev.holdfast.cli.output.Screen;
import dev.holdfast.core.guest.DurationText;
import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.node.NonVoter;
import dev.holdfast.core.node.Timing;
import dev.holdfast.core.node.TimingRule;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/** Settings for people and programs. */
final class SettingsLines {

    private SettingsLines() {}

    /** All that a timing comes to. */
    static Fields fields(Timing timing) {
        return Fields.of("profile", timing.profile())
                .and("beat", timing.beat())
                .and("lease", timing.lease())
                .and("wd", timing.wd())
                .and("feed", timing.feed())
                .and("margin", timing.margin())
                .and("rho", timing.rho())
                .and("silenceUntilFenced", timing.silenceUntilFenced())
                .and("witnessedUntilFenced", TimingRule.witnessed(timing))
                .and("toleratedLogStall", timing.toleratedLogStall());
    }

    /** The settings, without who made them. */
    static Fields fields(ClusterSettings settings) {
        Fields fields = Fields.of("version", settings.version())
                .and("clusterId", settings.clusterId())
                .and("heartbeatTopicId", settings.heartbeatTopicId())
                .and("voters", settings.voters())
                .and("nonVoters", settings.nonVoters().stream().map(NonVoter::name).toList());
        fields(settings.timing()).map().forEach(fields::and);
        return fields.and("coldStartWait", settings.coldStartWait()).and("suspectRounds", settings.suspectRounds());
    }

    /** Prints one value after the other, or all of them as one line of JSON. */
    static void print(Screen screen, Fields fields) {
        if (screen.isJson()) {
            screen.line(Json.line(fields));
            return;
        }
        String form = screen.format() == OutputFormat.TSV ? "%s\t%s" : "%-21s %s";
        fields.map().forEach((name, value) -> {
            if (value instanceof List<?> items && !items.isEmpty() && items.getFirst() instanceof Fields) {
                items.forEach(item -> screen.line(form.formatted("runs", runs((Fields) item))));
            } else {
                screen.line(form.formatted(name, text(value)));
            }
        });
    }

    private static String runs(Fields node) {
        return node.map().get("node") + ": v" + node.map().get("settingsVersion") + ", lease "
                + text(node.map().get("lease")) + ", wd " + text(node.map().get("wd"));
    }

    static String text(Object value) {
        return switch (value) {
            case null -> "-";
            case Duration duration -> DurationText.of(duration);
            case Double number -> BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
            case List<?> items -> String.join(", ", items.stream().map(String::valueOf).toList());
            default -> String.valueOf(value).replaceAll("\\p{Cntrl}+", " ");
        };
    }
}
