package dev.holdfast.audit.check;

import dev.holdfast.core.event.Event;
import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.node.Runner;
import dev.holdfast.core.state.ClusterState;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who might be running which guest, by the decisions alone: added by a start, removed by a discharge (rule R8). Written
 * apart from the core's own bookkeeping, so that a mistake there does not hide here.
 */
final class Holders {

    private final Map<String, Set<String>> byGuest = new HashMap<>();

    /** Begins anew with what a checkpoint says. */
    void reset(ClusterState state) {
        byGuest.clear();
        state.guests().forEach((name, guest) -> guest.runners().forEach(runner -> of(name).add(text(runner))));
    }

    /** Takes a decision, and says what is wrong if it lets a second one hold a guest. */
    Optional<String> take(Event event) {
        return switch (event) {
            case GuestEvent.StartGuest start ->
                added(start.guest(), new Runner(start.node(), start.incarnation(), start.epoch()), "is started on");
            case GuestEvent.RunnerFound found -> added(found.guest(), found.runner(), "is found on");
            case GuestEvent.RunnerDischarged discharged -> {
                of(discharged.guest()).remove(text(discharged.runner()));
                yield Optional.empty();
            }
            case GuestEvent.GuestRemoved removed -> {
                byGuest.remove(removed.guest());
                yield Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    private Optional<String> added(String guest, Runner runner, String how) {
        Set<String> holders = of(guest);
        Set<String> others = new TreeSet<>(holders);
        others.remove(text(runner));
        holders.add(text(runner));
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of("guest " + guest + " " + how + " " + runner + " while it may run on "
                        + String.join(" and ", others));
    }

    private Set<String> of(String guest) {
        return byGuest.computeIfAbsent(guest, unused -> new TreeSet<>());
    }

    private static String text(Runner runner) {
        return runner.toString();
    }
}
