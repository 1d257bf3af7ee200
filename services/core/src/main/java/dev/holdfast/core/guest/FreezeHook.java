package dev.holdfast.core.guest;

import java.time.Duration;
import java.util.List;

/**
 * What brings a guest's data into a state from which its application goes on without recovery, around each snapshot.
 * The commands run on the guest's node, beside the guest, as the user that runs the node; {@link Placeholders} are
 * expanded as in the guest's own command.
 *
 * @param freeze    program and arguments, run to its end before the guest is paused
 * @param thaw      program and arguments, run once the guest runs again, also if freezing failed; empty for none
 * @param timeout   a command that takes longer is killed and has failed, 100 ms to 1 m
 * @param onFailure what becomes of the snapshot if freezing failed
 */
public record FreezeHook(List<String> freeze, List<String> thaw, Duration timeout, OnFailure onFailure) {

    /** What becomes of a snapshot whose freeze command failed or took too long. */
    public enum OnFailure {
        /** It is taken all the same, as after a crash: old data is a worse loss than a recovery. */
        TAKE,
        /** There is none this time. */
        DROP
    }

    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    public FreezeHook {
        Checks checks = new Checks();
        ProcessRules.command(checks, "freeze", freeze);
        if (thaw == null || !thaw.isEmpty()) {
            ProcessRules.command(checks, "thaw", thaw);
        }
        checks.between("hookTimeout", timeout, Duration.ofMillis(100), Duration.ofMinutes(1))
                .given("onHookFailure", onFailure)
                .refuseIfAny();
        freeze = List.copyOf(freeze);
        thaw = List.copyOf(thaw);
    }
}
