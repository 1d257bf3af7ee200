package dev.holdfast.replication;

import dev.holdfast.core.event.GuestEvent.StartGuest;
import dev.holdfast.core.guest.FreezeHook;
import dev.holdfast.core.guest.GuestSpec;
import dev.holdfast.core.guest.InvalidGuestSpec;
import dev.holdfast.core.guest.Placeholders;
import dev.holdfast.guard.client.Answer;
import dev.holdfast.guard.client.GuardClient;
import dev.holdfast.guard.protocol.GuestView;
import dev.holdfast.replication.volume.Pause;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One run of a guest under the guard, with its owner's freeze and thaw commands around each pause if there are any. */
final class GuardedRun implements OwnedProcess {

    private final StartGuest start;
    private final GuardClient guard;
    private final Function<StartGuest, Placeholders> placeholders;

    /** @param placeholders what stands for what in a guest's commands on this node */
    GuardedRun(StartGuest start, GuardClient guard, Function<StartGuest, Placeholders> placeholders) {
        this.start = start;
        this.guard = guard;
        this.placeholders = placeholders;
    }

    @Override
    public State state() {
        return switch (guard.list()) {
            case Answer.Given<List<GuestView>> given -> given.value().stream().anyMatch(this::isThisRun)
                    ? State.RUN
                    : State.DO_NOT_RUN;
            case Answer.Refused<List<GuestView>> refused -> State.UNKNOWN;
        };
    }

    private boolean isThisRun(GuestView view) {
        return view.guest().equals(start.guest()) && view.epoch() == start.epoch();
    }

    @Override
    public Pause pause() {
        Pause pause = new GuestPause(guard, start.guest());
        FreezeHook hook = start.spec().replication().hook();
        return hook == null ? pause : new HookedPause(pause, hook, this::run);
    }

    private Optional<String> run(String name, List<String> command, Duration timeout) {
        Placeholders values = placeholders.apply(start);
        GuestSpec spec = start.spec();
        try {
            Map<String, String> environment = new HashMap<>(spec.environmentWith(values));
            environment.put("HOLDFAST_GUEST", spec.name());
            environment.put("HOLDFAST_NODE", start.node());
            environment.put("HOLDFAST_EPOCH", Long.toString(start.epoch()));
            return HookCommand.run(name, values.expand(name, command), environment, timeout);
        } catch (InvalidGuestSpec incomplete) {
            return Optional.of(incomplete.getMessage());
        }
    }
}
