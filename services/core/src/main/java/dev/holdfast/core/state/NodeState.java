package dev.holdfast.core.state;

import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.node.Incarnation;
import java.time.Duration;
import java.util.Map;

/**
 * A node as the log shows it. Hard state (incarnation, liveness, draining) changes by events alone; soft state
 * (the last beat and the bases) by every beat read.
 *
 * @param incarnation current incarnation; null while ABSENT
 * @param bootId boot id of the current incarnation; null while ABSENT
 * @param draining takes no guest and gives its guests away, until its next incarnation
 * @param lastOffset offset of the last beat (o_X); -1 while ABSENT
 * @param sentAt the node's clock at that beat; zero while ABSENT
 * @param silence what its own beats still entitled the incarnation to at that beat: the greatest lease + wd that they
 *     named, each less the time by which the node itself had sent it before
 * @param guardKind as the last beat says; null while ABSENT
 * @param running as the last beat says
 * @param bases per other voter where its testimony about the silence since the last beat begins
 * @param refused incarnation of the last beat in this node's name that was refused; null for none
 */
public record NodeState(
        String name,
        Incarnation incarnation,
        String bootId,
        Liveness liveness,
        boolean draining,
        long lastOffset,
        Duration sentAt,
        Duration silence,
        String guardKind,
        long settingsVersion,
        Map<String, Long> running,
        Map<String, Base> bases,
        Incarnation refused) {

    public NodeState {
        running = Sorted.map(running);
        bases = Sorted.map(bases);
    }

    public static NodeState absent(String name) {
        return new NodeState(
                name, null, null, Liveness.ABSENT, false, -1, Duration.ZERO, Duration.ZERO, null, 0, Map.of(), Map.of(), null);
    }

    /** Whether guests may be placed on it, as far as the node itself is concerned. */
    public boolean takesGuests() {
        return liveness == Liveness.LIVE && !draining && guardKind != null && !guardKind.equals("none");
    }

    public boolean isLive() {
        return liveness == Liveness.LIVE;
    }

    /** Whether that incarnation is the current one and not fenced. */
    public boolean isCurrent(Incarnation other) {
        return other.equals(incarnation) && liveness != Liveness.FENCED;
    }

    /** Whether that incarnation is the current one and may still carry out commands. */
    public boolean isActing(Incarnation other) {
        return other.equals(incarnation) && (liveness == Liveness.LIVE || liveness == Liveness.SUSPECT);
    }

    /** Whether what its last beat names may still run: it beats, or is silent and not yet discharged. */
    public boolean mayRunWhatItNames() {
        return liveness == Liveness.LIVE || liveness == Liveness.SUSPECT || liveness == Liveness.LAPSED;
    }

    NodeState with(Liveness next) {
        return new NodeState(
                name, incarnation, bootId, next, draining, lastOffset, sentAt, silence, guardKind, settingsVersion,
                running, bases, refused);
    }

    NodeState withDraining() {
        return new NodeState(
                name, incarnation, bootId, liveness, true, lastOffset, sentAt, silence, guardKind, settingsVersion,
                running, bases, refused);
    }

    NodeState withBases(Map<String, Base> next) {
        return new NodeState(
                name, incarnation, bootId, liveness, draining, lastOffset, sentAt, silence, guardKind,
                settingsVersion, running, next, refused);
    }

    NodeState withRefused(Incarnation other) {
        return new NodeState(
                name, incarnation, bootId, liveness, draining, lastOffset, sentAt, silence, guardKind, settingsVersion,
                running, bases, other);
    }

    /**
     * The node with every testimony about its silence void, as it may have beaten until that offset.
     *
     * @param named the lease + wd that it may have named there
     */
    NodeState heardFrom(long offset, Duration named) {
        return new NodeState(
                name, incarnation, bootId, liveness, draining, incarnation == null ? lastOffset : offset, sentAt,
                longer(silence, named), guardKind, settingsVersion, running, Map.of(), refused);
    }

    /**
     * The node after a beat of its current incarnation: every testimony about its silence is void.
     *
     * @param inDoubt beats of it that were lost or refused may have been sent since the last one that was accepted:
     *     nothing of what they named is over yet
     */
    NodeState onBeat(Heartbeat beat, long offset, boolean inDoubt) {
        // Its lease runs on a clock that is never slower than the one it quotes: by so much the earlier ones are over.
        // Rounded up to what the record of it can hold.
        Duration aged = Duration.ofMillis(silence.minus(beat.sentAt().minus(sentAt)).plusNanos(999_999).toMillis());
        Duration left = inDoubt ? silence : aged;
        return new NodeState(
                name, incarnation, bootId, liveness, draining, offset, beat.sentAt(), longer(left, beat.leaseAndWd()),
                beat.guardKind(), beat.settingsVersion(), beat.running(), Map.of(), refused);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** The node after the first beat of a newer incarnation. */
    NodeState reborn(Heartbeat beat, long offset) {
        return new NodeState(
                name, beat.incarnation(), beat.bootId(), Liveness.LIVE, false, offset, beat.sentAt(),
                beat.leaseAndWd(), beat.guardKind(), beat.settingsVersion(), beat.running(), Map.of(), refused);
    }
}
