package dev.holdfast.cli.command;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.Failure;
import dev.holdfast.cli.local.Waiting;
import dev.holdfast.cli.output.Fields;
import dev.holdfast.cli.output.Json;
import dev.holdfast.cli.read.ClusterAccess;
import dev.holdfast.cli.read.Operator;
import dev.holdfast.cli.read.SettingsReader;
import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.node.Timing;
import dev.holdfast.core.node.TimingRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Changes the timing of the running cluster. */
@Command(
        name = "set",
        description = {
            "Change the timing while the cluster runs: a profile, single values, or values on top of a profile.",
            "It is a new version of the settings. No guest is stopped: each node takes it on with one of its next "
                    + "beats, and is judged by what its own beats say until then. What is not safe is refused with the "
                    + "arithmetic; so is a change while a node still runs the version before."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./holdfast settings set --profile careful --why 'slow disks until Friday'",
            "  ./holdfast settings set lease=12s wd=5s --check     says what would happen, and changes nothing",
            "  ./holdfast settings set --profile fast --base 3     refused unless version 3 is in force",
        })
final class SettingsSet extends Verb {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    @Parameters(
            arity = "0..*",
            paramLabel = "KEY=VALUE",
            description = "beat, lease, wd, feed and margin as durations, rho as a fraction.")
    private List<String> assignments = new ArrayList<>();

    @Option(names = "--profile", paramLabel = "NAME", description = "All values of fast, default or careful.")
    private String profile;

    @Option(names = "--check", description = "Only say what would happen.")
    private boolean check;

    @Option(
            names = "--base",
            paramLabel = "VERSION",
            description = "The version that was looked at. Default: the one in force")
    private Long base;

    @Mixin
    private Change change;

    @Override
    public Integer call() {
        if (profile == null && assignments.isEmpty()) {
            throw Failure.badInput("nothing is to be changed: name a --profile, or values such as lease=12s");
        }
        try (ClusterAccess access = access()) {
            SettingsReader reader = new SettingsReader(access);
            ClusterSettings present = reader.inForce();
            Timing asked;
            try {
                asked = asked(present.timing());
            } catch (IllegalArgumentException impossible) {
                return refused(present, null, impossible.getMessage());
            }
            String refusal = TimingRule.refusalOf(asked);
            if (refusal != null) {
                return refused(present, asked, refusal);
            }
            long made = base == null ? present.version() : base;
            ClusterSettings next = present.next(made, asked, change.who(), change.why());
            return check ? checked(reader, present, next) : set(access, reader, present, next);
        }
    }

    private Timing asked(Timing present) {
        TimingEdit edit = new TimingEdit(present);
        if (profile != null) {
            edit.profile(profile);
        }
        assignments.forEach(edit::set);
        return edit.done();
    }

    /** Nothing was written. */
    private int refused(ClusterSettings present, Timing asked, String why) {
        if (screen().isJson()) {
            Fields fields = Fields.of("accepted", false).and("check", check).and("answer", why)
                    .and("version", present.version());
            if (asked != null) {
                fields.and("unsafe", TimingRule.unsafe(asked).stream()
                        .map(unsafe -> Fields.of("field", unsafe.field())
                                .and("value", unsafe.value())
                                .and("bound", unsafe.bound())
                                .and("arithmetic", unsafe.arithmetic()))
                        .toList());
            }
            screen().line(Json.line(fields));
        } else {
            screen().progress("holdfast: refused: " + why);
        }
        return ExitCode.FAILED;
    }

    private int checked(SettingsReader reader, ClusterSettings present, ClusterSettings next) {
        List<String> notYet = reader.notYet(present.version());
        boolean stale = next.version() != present.version() + 1;
        if (stale || !notYet.isEmpty()) {
            return refused(present, next.timing(), stale
                    ? "version " + present.version() + " is in force, not " + (next.version() - 1)
                    : String.join(", ", notYet) + " do not run version " + present.version() + " yet: ask again later");
        }
        String answer = "would be accepted as version " + next.version();
        if (screen().isJson()) {
            Fields fields = Fields.of("accepted", true).and("check", true).and("answer", answer)
                    .and("version", next.version());
            SettingsLines.fields(next.timing()).map().forEach(fields::and);
            screen().line(Json.line(fields));
        } else {
            screen().line(answer);
            differences(present.timing(), next.timing());
        }
        return ExitCode.OK;
    }

    private void differences(Timing present, Timing next) {
        Map<String, Object> before = SettingsLines.fields(present).map();
        SettingsLines.fields(next).map().forEach((name, value) -> {
            if (!value.equals(before.get(name))) {
                screen().line(name + "\t" + SettingsLines.text(before.get(name)) + " -> " + SettingsLines.text(value));
            }
        });
    }

    private int set(ClusterAccess access, SettingsReader reader, ClusterSettings present, ClusterSettings next) {
        if (!screen().isJson()) {
            differences(present.timing(), next.timing());
        }
        Operator.Answer answer = change.operator(access).change(next);
        int code = Change.show(screen(), answer);
        if (answer.accepted()) {
            awaitTakenOn(reader, next.version());
        }
        return code;
    }

    /** It is in force either way; whoever waits is told when every live node runs it. */
    private void awaitTakenOn(SettingsReader reader, long version) {
        boolean all = Waiting.until(() -> reader.notYet(version).isEmpty(), change.timeout(), BETWEEN_LOOKS);
        screen().progress(all
                ? "every live node runs version " + version
                : String.join(", ", reader.notYet(version)) + " do not run version " + version
                        + " yet, and are judged by what their own beats say");
    }
}
