package dev.holdfast.core.decide;

import static dev.holdfast.core.state.Liveness.FENCED;
import static dev.holdfast.core.state.Liveness.LAPSED;
import static dev.holdfast.core.state.Liveness.LIVE;
import static dev.holdfast.core.state.Liveness.STOPPED;
import static dev.holdfast.core.state.Liveness.SUSPECT;

import dev.holdfast.core.event.ClusterEvent;
import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.event.NodeEvent;
import dev.holdfast.core.event.Rule;
import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.message.Lapsed;
import dev.holdfast.core.message.Unreadable;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.node.Runner;
import dev.holdfast.core.state.Base;
import dev.holdfast.core.state.GuestState;
import dev.holdfast.core.state.NodeState;
import dev.holdfast.core.state.Observation;
import java.util.Map;

/**
 * First stage: is the log whole, whose beat is this, and who has fallen silent? Rules R1, R7, R10 and Suspect.
 */
final class Liveness implements Stage {

    @Override
    public void run(Turn turn) {
        if (turn.input().body() instanceof Unreadable unreadable) {
            turn.decide(Rule.R7_IGNORED, new ClusterEvent.RecordRefused(
                    turn.input().at().topic(), turn.input().at().offset(), unreadable.reason()));
        }
        if (turn.input().heartbeatLog()) {
            long expected = turn.state().nextOffset();
            turn.observe(state -> Observation.logAdvanced(state, turn.input().at().offset()));
            checkOffset(turn, expected);
        }
        if (turn.state().settings() == null) {
            return;
        }
        switch (turn.input().body()) {
            case Heartbeat beat -> onBeat(turn, beat);
            case Lapsed lapsed -> onLapsed(turn, lapsed);
            default -> { }
        }
    }

    /** R10: the log is one gapless sequence; anything else means that records were lost or the topic changed. */
    private static void checkOffset(Turn turn, long expected) {
        long offset = turn.input().at().offset();
        if (expected >= 0 && offset != expected) {
            turn.observe(state -> Observation.logInterrupted(state, offset));
            freeze(turn, "the heartbeat log continues at offset " + offset + " instead of " + expected);
        } else if (expected < 0 && offset > 0) {
            freeze(turn, "the heartbeat log begins at offset " + offset + ": what came before is unknown");
        }
    }

    private static void freeze(Turn turn, String reason) {
        turn.decide(Rule.R10_FREEZE, new ClusterEvent.ClusterFrozen(reason));
    }

    /** As {@link #freeze}, for what may come with every beat: filed once, and time begins anew with each. */
    private static void doubt(Turn turn, String reason) {
        if (turn.state().frozen() == null) {
            freeze(turn, reason);
        } else {
            turn.observe(Observation::stillInDoubt);
        }
    }

    private static void onBeat(Turn turn, Heartbeat beat) {
        NodeState node = turn.state().node(beat.node());
        String doubt = doubtAbout(turn, beat);
        String refusal = doubt != null ? doubt : refusalOf(turn, node, beat);
        if (refusal != null) {
            refuse(turn, node, beat, refusal);
            if (doubt != null) {
                turn.observe(state -> Observation.logInterrupted(state, turn.input().at().offset()));
                doubt(turn, beat.node() + "/" + beat.incarnation() + ": " + doubt);
            }
            return;
        }
        if (isRepeated(node, beat)) {
            repeated(turn, beat);
            return;
        }
        accept(turn, node, beat);
        Pools.judge(turn, beat);
        checkRunning(turn, beat);
        suspectTheSilent(turn, beat);
    }

    /**
     * R10: one beat of an incarnation is sent after the other, so one that is not later than what was read of it stood
     * on the log before: the log is read again, or holds it twice. What it says of the others is of that time.
     */
    private static boolean isRepeated(NodeState node, Heartbeat beat) {
        return beat.incarnation().equals(node.incarnation()) && beat.sentAt().compareTo(node.sentAt()) <= 0;
    }

    private static void repeated(Turn turn, Heartbeat beat) {
        long offset = turn.input().at().offset();
        if (turn.state().frozen() == null) {
            turn.observe(state -> Observation.signOfLife(state, beat, offset));
        } else {
            turn.observe(state -> Observation.stillInDoubt(Observation.logInterrupted(state, offset)));
        }
    }

    /** Testimony is refused with the beat; that the incarnation beats is not: its lease may have been renewed by it. */
    private static void refuse(Turn turn, NodeState node, Heartbeat beat, String refusal) {
        long offset = turn.input().at().offset();
        if (!beat.incarnation().equals(node.refused())) {
            turn.decide(Rule.R7_IGNORED, new NodeEvent.BeatRefused(
                    beat.node(), beat.incarnation(), offset, refusal));
        }
        if (node.isCurrent(beat.incarnation())) {
            turn.observe(state -> Observation.signOfLife(state, beat, offset));
        }
    }

    /** R10: why the beat puts the log itself in doubt; null if it does not. */
    private static String doubtAbout(Turn turn, Heartbeat beat) {
        if (!turn.state().isNode(beat.node())) {
            return null;
        }
        String topicId = turn.state().settings().heartbeatTopicId();
        if (!beat.topicId().equals(topicId)) {
            return "it was written for topic " + beat.topicId() + ", the cluster's log is " + topicId;
        }
        long offset = turn.input().at().offset();
        long quoted = beat.ackedOffset();
        for (Heartbeat.Seen seen : beat.seen().values()) {
            quoted = Math.max(quoted, seen.offset());
        }
        return quoted >= offset
                ? "at offset " + offset + " it quotes offset " + quoted + ": the log was cut"
                : missing(turn, beat);
    }

    /** What stood on the log before the beat was sent, and is not there; null for nothing. */
    private static String missing(Turn turn, Heartbeat beat) {
        if (turn.state().node(beat.node()).missed(beat.incarnation(), beat.ackedSeq())) {
            return "its own beat " + beat.ackedSeq() + " was acknowledged and is not on this log";
        }
        for (Map.Entry<String, Heartbeat.Seen> seen : beat.seen().entrySet()) {
            if (turn.state().node(seen.getKey()).missed(seen.getValue().incarnation(), seen.getValue().seq())) {
                return "it has read beat " + seen.getValue().seq() + " of " + seen.getKey()
                        + ", which is not on this log";
            }
        }
        return null;
    }

    /** Why the beat cannot be accepted; null if it can. */
    private static String refusalOf(Turn turn, NodeState node, Heartbeat beat) {
        if (!turn.state().isNode(beat.node())) {
            return "no node of that name is configured";
        }
        if (node.isOfMachineBefore(beat.incarnation())) {
            return "its machine was replaced by one that begins at boot " + node.replaced().boot();
        }
        Incarnation current = node.incarnation();
        if (current == null || beat.incarnation().isNewerThan(current)) {
            String refusal = current == null ? null : refusalOfSuccessor(node, beat);
            return refusal != null ? refusal : refusalOfOldSettings(turn, beat);
        }
        if (current.isNewerThan(beat.incarnation())) {
            return "superseded by " + current;
        }
        if (node.liveness() == FENCED || node.liveness() == LAPSED || node.liveness() == STOPPED) {
            return "this incarnation is " + node.liveness();
        }
        return beat.bootId().equals(node.bootId()) ? null : "another boot uses this incarnation";
    }

    /** Counter and boot id change together or not at all: only then has the older incarnation certainly ended. */
    private static String refusalOfSuccessor(NodeState node, Heartbeat beat) {
        boolean sameCounter = node.incarnation().boot() == beat.incarnation().boot();
        boolean sameBoot = node.bootId().equals(beat.bootId());
        if (sameCounter == sameBoot) {
            return null;
        }
        return sameCounter
                ? "boot counter " + beat.incarnation().boot() + " was used by another boot"
                : "boot counter " + beat.incarnation().boot() + " was reached without a boot: the guests of "
                        + node.incarnation() + " may still run";
    }

    /** Whoever joins is one version behind at the most, so that it may have taken on no other unheard than that in force. */
    private static String refusalOfOldSettings(Turn turn, Heartbeat beat) {
        long inForce = turn.state().settings().version();
        return beat.settingsVersion() >= inForce - 1
                ? null
                : "it runs settings v" + beat.settingsVersion() + ", and v" + inForce + " is in force";
    }

    private static void accept(Turn turn, NodeState node, Heartbeat beat) {
        long offset = turn.input().at().offset();
        Incarnation previous = node.incarnation();
        turn.observe(state -> Observation.coldStart(state, beat, joins(node, beat) ? previous : beat.incarnation()));
        if (joins(node, beat)) {
            turn.decide(Rule.R1_INCARNATION, new NodeEvent.NodeJoined(
                    beat.node(), beat.incarnation(), previous, beat, offset));
            turn.observe(state -> Observation.testimony(state, beat, offset));
            return;
        }
        if (node.liveness() == SUSPECT) {
            turn.decide(Rule.SUSPECT, new NodeEvent.SuspicionCleared(beat.node(), beat.incarnation()));
        }
        turn.observe(state -> Observation.beat(state, beat, offset));
    }

    private static boolean joins(NodeState node, Heartbeat beat) {
        return !beat.incarnation().equals(node.incarnation());
    }

    /** R10: a beat that names a runner which this log never issued, or which its own node had discharged before. */
    private static void checkRunning(Turn turn, Heartbeat beat) {
        for (Map.Entry<String, Long> running : beat.running().entrySet()) {
            Runner runner = new Runner(beat.node(), beat.incarnation(), running.getValue());
            GuestState guest = turn.state().guests().get(running.getKey());
            if (guest == null) {
                onStray(turn, running.getKey(), runner);
            } else if (!guest.runners().contains(runner) && contradicts(guest, runner, beat)) {
                freeze(turn, beat.node() + " runs " + guest.name() + " under epoch " + runner.epoch()
                        + ", which this log does not know as running");
                Runners.found(turn, guest.name(), runner);
            }
        }
    }

    /** A guest is forgotten only after no beat names it, so this log has lost it; it is found when it is declared. */
    private static void onStray(Turn turn, String guest, Runner runner) {
        doubt(turn, runner.node() + " runs guest " + guest + " under epoch " + runner.epoch()
                + ", and this log knows no such guest");
        if (runner.epoch() > turn.state().epochs()) {
            turn.decide(Rule.R10_FREEZE, new GuestEvent.RunnerFound(guest, runner));
        }
    }

    private static boolean contradicts(GuestState guest, Runner runner, Heartbeat beat) {
        return guest.discharged().stream()
                .filter(discharged -> discharged.runner().equals(runner))
                .findFirst()
                .map(discharged -> beat.sentAt().compareTo(discharged.at()) > 0)
                .orElse(true);
    }

    private static void onLapsed(Turn turn, Lapsed lapsed) {
        NodeState node = turn.state().node(lapsed.node());
        boolean current = lapsed.incarnation().equals(node.incarnation())
                && (node.liveness() == LIVE || node.liveness() == SUSPECT);
        if (current) {
            turn.decide(Rule.OWN_REPORT, new NodeEvent.NodeLapsed(
                    lapsed.node(), lapsed.incarnation(), lapsed.reason(), lapsed.detail()));
        }
    }

    /** News only: enough witnesses went on for several rounds of a moving log while this one did not. */
    private static void suspectTheSilent(Turn turn, Heartbeat beat) {
        for (NodeState node : turn.state().nodes().values()) {
            if (node.liveness() == LIVE && !node.name().equals(beat.node()) && isSilent(turn, node)) {
                turn.decide(Rule.SUSPECT, Testimony.of(turn.state(), node), new NodeEvent.NodeSuspected(
                        node.name(), node.incarnation(), node.lastOffset()));
            }
        }
    }

    private static boolean isSilent(Turn turn, NodeState node) {
        int rounds = turn.state().settings().suspectRounds();
        int witnesses = 0;
        for (Map.Entry<String, Base> entry : node.bases().entrySet()) {
            Base base = entry.getValue();
            if (base.rounds() >= rounds && Testimony.counts(turn.state(), entry.getKey(), base)) {
                witnesses++;
            }
        }
        return witnesses >= Majority.WITNESSES;
    }
}
