package dev.holdfast.replication;

import dev.holdfast.core.guest.FreezeHook;
import dev.holdfast.replication.volume.Pause;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A pause between a freeze and a thaw command, for one snapshot. The application is frozen before the guest is paused,
 * since what does not run cannot answer, and thawed as soon as it runs again: hashing and linking need neither.
 */
final class HookedPause implements Pause {

    /** Runs a command and says why it failed. */
    interface Commands {

        Optional<String> run(String name, List<String> command, Duration timeout);
    }

    private final Pause pause;
    private final FreezeHook hook;
    private final Commands commands;
    private boolean frozen;
    private String failure;

    HookedPause(Pause pause, FreezeHook hook, Commands commands) {
        this.pause = pause;
        this.hook = hook;
        this.commands = commands;
    }

    @Override
    public void before() throws IOException {
        frozen = true;
        failure = commands.run("freeze", hook.freeze(), hook.timeout()).orElse(null);
        if (failure != null && hook.onFailure() == FreezeHook.OnFailure.DROP) {
            String why = failure;
            thaw();
            throw new IOException(why);
        }
    }

    @Override
    public Held hold(Duration atMost) throws IOException {
        if (!frozen) {
            before();
        }
        try {
            Held held = pause.hold(atMost);
            return () -> {
                try {
                    return held.release();
                } finally {
                    thaw();
                }
            };
        } catch (IOException notHeld) {
            thaw();
            throw notHeld;
        }
    }

    private void thaw() {
        frozen = false;
        if (!hook.thaw().isEmpty()) {
            commands.run("thaw", hook.thaw(), hook.timeout())
                    .ifPresent(why -> failure = failure == null ? why : failure + "; " + why);
        }
    }

    /** What went wrong; null if nothing did. */
    String failure() {
        return failure;
    }
}
