package dev.holdfast.core.decide;

import dev.holdfast.core.event.Decision;
import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.node.Runner;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks by the decisions alone, with books of its own, that rules R8 and R11 were kept. */
final class Ledger {

    private final Map<String, Set<Runner>> possible = new HashMap<>();
    private final Map<String, Long> started = new HashMap<>();
    private long promoted;
    private long sequence;

    void check(List<Decision> decisions) {
        for (Decision decision : decisions) {
            sequence++;
            require(decision.sequence() == sequence, "sequence", decision);
            if (decision.event() instanceof GuestEvent event) {
                check(event);
            }
        }
    }

    private void check(GuestEvent event) {
        Set<Runner> runners = possible.computeIfAbsent(event.guest(), guest -> new HashSet<>());
        switch (event) {
            case GuestEvent.StartGuest start -> {
                require(runners.isEmpty(), "start beside " + runners, start);
                Long before = started.put(start.guest(), start.epoch());
                require(before == null || start.epoch() > before, "epoch after " + before, start);
                runners.add(new Runner(start.node(), start.incarnation(), start.epoch()));
            }
            case GuestEvent.PromoteReplica promote -> {
                require(runners.isEmpty(), "promotion beside " + runners, promote);
                require(promote.epoch() > promoted, "epoch after " + promoted, promote);
                promoted = promote.epoch();
            }
            case GuestEvent.RunnerFound found -> runners.add(found.runner());
            case GuestEvent.RunnerDischarged gone ->
                require(runners.remove(gone.runner()), "discharge of what was not possible", gone);
            case GuestEvent.GuestRemoved removed -> require(runners.isEmpty(), "forgotten with " + runners, removed);
            default -> { }
        }
    }

    private static void require(boolean holds, String rule, Object what) {
        if (!holds) {
            throw new AssertionError(rule + ": " + what);
        }
    }
}
