package dev.holdfast.cli.demo;

import dev.holdfast.cli.ExitCode;
import java.util.Collection;

/** What a run has shown. */
public enum Verdict {
    /** Everything that was promised held. */
    PASS,
    /** Something that was promised did not hold. */
    FAIL,
    /** The run did not show what it was to show, so that it proves nothing. */
    INVALID;

    /** Exit code when a run could not be brought to the point where it proves something. */
    public static final int INVALID_RUN = 3;

    /** One failure outweighs everything, and nothing invalid counts as a pass. */
    public static int exitCode(Collection<Verdict> verdicts) {
        if (verdicts.contains(FAIL)) {
            return ExitCode.FAILED;
        }
        return verdicts.contains(INVALID) || verdicts.isEmpty() ? INVALID_RUN : ExitCode.OK;
    }
}
