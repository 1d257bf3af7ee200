package dev.holdfast.cli.command;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.output.Fields;
import dev.holdfast.cli.output.Screen;
import dev.holdfast.cli.read.ClusterAccess;
import dev.holdfast.cli.read.Host;
import dev.holdfast.cli.read.Operator;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Options of every command that changes the cluster through its log, and how the answer is shown. */
public final class Change {

    @Option(
            names = "--who",
            paramLabel = "NAME",
            description = "Who asks, for the log. Default: user@host")
    private String who = Host.userAndName();

    @Option(
            names = "--why",
            paramLabel = "TEXT",
            defaultValue = "by hand",
            description = "Why, for the log. Default: ${DEFAULT-VALUE}")
    private String why;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "30s",
            converter = DurationOption.class,
            description = "How long to wait for the answer. Default: ${DEFAULT-VALUE}")
    private Duration timeout;

    public String who() {
        return who;
    }

    public String why() {
        return why;
    }

    public Duration timeout() {
        return timeout;
    }

    public Operator operator(ClusterAccess access) {
        return new Operator(access, who, why, timeout);
    }

    /** Shows what the log says and returns the exit code for it. */
    public static int show(Screen screen, Operator.Answer answer) {
        Fields fields = Fields.of("id", answer.id())
                .and("target", answer.target())
                .and("accepted", answer.accepted())
                .and("answer", answer.text());
        if (answer.accepted() || screen.isJson()) {
            screen.result(answer.text(), fields);
        } else {
            screen.progress("holdfast: refused: " + answer.text());
        }
        return answer.accepted() ? ExitCode.OK : ExitCode.FAILED;
    }
}
