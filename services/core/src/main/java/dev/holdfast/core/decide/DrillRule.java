package dev.holdfast.core.decide;

import dev.holdfast.core.decide.Commands.Answer;
import dev.holdfast.core.guest.DrillPolicy;
import dev.holdfast.core.guest.DurationText;
import dev.holdfast.core.message.Snapshot;
import dev.holdfast.core.node.Runner;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.GuestPhase;
import dev.holdfast.core.state.GuestState;
import dev.holdfast.core.state.NodeState;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether something may be rehearsed now: all is well, the owners of the guests allow it, and it would cost no more than
 * it may. A drill is no time to find out that a second thing is broken.
 */
public final class DrillRule {

    /** A limit for a guest that is copied every second would forbid every drill while one copy takes a moment longer. */
    private static final Duration LEAST_LIMIT = Duration.ofSeconds(10);

    private DrillRule() {}

    /**
     * What speaks against taking the power from the node; empty if nothing does.
     *
     * @param maxLoss what each guest on it may lose; null for twice its replication interval, at least 10 s
     */
    public static List<String> againstPulling(ClusterState state, NodeState node, Duration maxLoss) {
        List<String> against = unwell(state);
        for (GuestState guest : on(state, node)) {
            if (guest.spec().drill() != DrillPolicy.PULL) {
                against.add(says(guest) + ": the node it runs on must not be pulled");
            }
            against.addAll(againstLosing(state, guest, node.name(), maxLoss));
        }
        return against;
    }

    /**
     * What speaks against moving the guest and moving it back; empty if nothing does.
     *
     * @param maxLoss as in {@link #againstPulling}: what it would lose if something went wrong meanwhile
     */
    public static List<String> againstMoving(ClusterState state, GuestState guest, Duration maxLoss) {
        List<String> against = unwell(state);
        if (guest.spec().drill() == DrillPolicy.FORBIDDEN) {
            against.add(says(guest));
        }
        if (guest.phase() instanceof GuestPhase.Running running) {
            against.addAll(againstLosing(state, guest, running.runner().node(), maxLoss));
        } else {
            against.add(guest.name() + (guest.move() != null ? " is moving" : " does not run"));
        }
        return against;
    }

    /** The guests that its loss would hit. */
    public static List<GuestState> on(ClusterState state, NodeState node) {
        return state.guests().values().stream().filter(guest -> guest.mayRunOn(node.name())).toList();
    }

    /**
     * What the loss of its node would cost the guest now: its owner's newest beat minus the newest copy elsewhere, and a
     * beat. Empty if there is no copy of the present run, or it does not run.
     */
    public static Optional<Duration> loss(ClusterState state, GuestState guest) {
        if (!(guest.phase() instanceof GuestPhase.Running running)) {
            return Optional.empty();
        }
        Runner runner = running.runner();
        return guest.replicas().entrySet().stream()
                .filter(copy -> !copy.getKey().equals(runner.node()))
                .map(copy -> age(state, runner, copy.getValue()))
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder());
    }

    static Answer answer(ClusterState state, NodeState node, Duration maxLoss) {
        List<String> against = againstPulling(state, node, maxLoss);
        if (!against.isEmpty()) {
            return Answer.no("no drill: " + String.join("; ", against));
        }
        List<String> lost = on(state, node).stream()
                .map(guest -> guest.name() + " loses about " + text(loss(state, guest).orElseThrow()))
                .toList();
        return Answer.yes("all is well, " + node.name() + " may lose its power: "
                + (lost.isEmpty() ? "no guest runs there" : String.join(", ", lost)));
    }

    static Answer answer(ClusterState state, GuestState guest, Duration maxLoss) {
        List<String> against = againstMoving(state, guest, maxLoss);
        return against.isEmpty()
                ? Answer.yes("all is well, " + guest.name() + " may move and move back")
                : Answer.no("no drill: " + String.join("; ", against));
    }

    private static List<String> unwell(ClusterState state) {
        List<String> unwell = new ArrayList<>();
        if (state.frozen() != null) {
            unwell.add("the cluster is frozen: " + state.frozen().reason());
        }
        if (state.coldStart() != null && state.coldStart().noticed()) {
            unwell.add("the cluster is coming up after a cold start");
        }
        for (String name : state.settings().nodes()) {
            NodeState node = state.node(name);
            if (!node.isLive()) {
                unwell.add(name + " is " + lower(node.liveness()));
            } else if (!node.takesGuests()) {
                unwell.add(name + " takes no guests: "
                        + (node.whyNoGuests() == null ? "it has no guard" : node.whyNoGuests()));
            }
        }
        state.guests().values().stream()
                .filter(guest -> guest.isWanted() && !answers(guest))
                .forEach(guest -> unwell.add(guest.name() + " does not answer"));
        return unwell;
    }

    private static List<String> againstLosing(ClusterState state, GuestState guest, String node, Duration maxLoss) {
        List<String> against = new ArrayList<>();
        if (!guest.isWanted()) {
            against.add(guest.name() + " is not wanted running, so that nothing would recover it");
        }
        if (guest.move() != null) {
            against.add(guest.name() + " is moving");
        }
        if (guest.replication().isPaused()) {
            against.add(guest.name() + "'s replication is paused");
        }
        Candidates others = Candidates.of(state, guest, node);
        if (others.best() == null) {
            against.add("no other node can take " + guest.name() + " (" + String.join(", ", others.refused()) + ")");
        }
        Duration limit = limit(guest, maxLoss);
        Optional<Duration> loss = loss(state, guest);
        if (loss.isEmpty()) {
            against.add("no other node holds a copy of " + guest.name() + "'s present run");
        } else if (loss.get().compareTo(limit) > 0) {
            against.add(guest.name() + "'s newest copy elsewhere is " + text(loss.get()) + " old, more than "
                    + text(limit));
        }
        return against;
    }

    private static Duration limit(GuestState guest, Duration maxLoss) {
        Duration usual = guest.spec().replication().interval().multipliedBy(2);
        return maxLoss != null ? maxLoss : usual.compareTo(LEAST_LIMIT) < 0 ? LEAST_LIMIT : usual;
    }

    /** Null for a copy of another run, which a crash of this one may have left far behind. */
    private static Duration age(ClusterState state, Runner runner, Snapshot copy) {
        NodeState owner = state.node(runner.node());
        boolean ofThisRun = copy.epoch() == runner.epoch()
                && copy.ownerIncarnation().equals(runner.incarnation())
                && runner.incarnation().equals(owner.incarnation());
        if (!ofThisRun) {
            return null;
        }
        Duration behind = owner.sentAt().minus(copy.takenAt());
        return (behind.isNegative() ? Duration.ZERO : behind).plus(state.settings().timing().beat());
    }

    private static boolean answers(GuestState guest) {
        return guest.phase() instanceof GuestPhase.Running running && running.answering();
    }

    private static String says(GuestState guest) {
        return guest.name() + "'s specification says drill: " + lower(guest.spec().drill());
    }

    private static String text(Duration duration) {
        return DurationText.of(duration.truncatedTo(ChronoUnit.MILLIS));
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
