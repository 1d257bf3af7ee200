package dev.holdfast.core.state;

import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.node.PoolHealth;
import dev.holdfast.core.node.PoolStanding;
import dev.holdfast.core.node.PoolVerdict;
import dev.holdfast.core.node.ShutdownPolicy;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A node as the log shows it. Hard state (incarnation, liveness, draining, what its pool is fit for) changes by
 * events alone; soft state (the last beat and the bases) by every beat read.
 *
 * @param incarnation current incarnation; null while ABSENT
 * @param bootId boot id of the current incarnation; null while ABSENT
 * @param draining takes no guest and gives its guests away, until its next incarnation
 * @param maintenance takes no guest and gives its guests away, until a person ends it
 * @param shutdown what becomes of its guests, as it is about to be stopped, until its next incarnation; null if it is not
 * @param poolVerdict what was last decided about the pool of its volumes, across incarnations; null if it has none,
 *     or none is known yet
 * @param lastOffset offset of the last beat (o_X); -1 while ABSENT
 * @param lastSeq number of that beat; -1 if what stands there may be another one, or while ABSENT
 * @param firstSeq its beats from this number on were all read from this log, up to the last
 * @param sentAt the node's clock at that beat; zero while ABSENT
 * @param silence greatest lease + wd that the incarnation's own beats ever named
 * @param guardKind as the last beat says; null while ABSENT
 * @param running as the last beat says
 * @param pool as the last beat says that named one; null if it has none, or none is known yet
 * @param bases per other voter where its testimony about the silence since the last beat begins
 * @param refused incarnation of the last beat in this node's name that was refused; null for none
 * @param replaced which machine it is since its machine was replaced last; null if it never was
 */
public record NodeState(
        String name,
        Incarnation incarnation,
        String bootId,
        Liveness liveness,
        boolean draining,
        boolean maintenance,
        ShutdownPolicy shutdown,
        PoolVerdict poolVerdict,
        long lastOffset,
        long lastSeq,
        long firstSeq,
        Duration sentAt,
        Duration silence,
        String guardKind,
        long settingsVersion,
        Map<String, Long> running,
        PoolHealth pool,
        Map<String, Base> bases,
        Incarnation refused,
        Replaced replaced) {

    /** So many beats of an incarnation may pass before it has looked at its pool; one that names none then has none. */
    public static final int BEATS_UNTIL_LOOKED = 60;

    public NodeState {
        running = Sorted.map(running);
        bases = Sorted.map(bases);
    }

    public static NodeState absent(String name) {
        return new NodeState(
                name, null, null, Liveness.ABSENT, false, false, null, null, -1, -1, 0, Duration.ZERO, Duration.ZERO,
                null, 0, Map.of(), null, Map.of(), null, null);
    }

    /** Whether guests may be placed on it, as far as the node itself is concerned. */
    public boolean takesGuests() {
        return liveness == Liveness.LIVE && whyNoGuests() == null && hasGuard();
    }

    /** Whether something stands for a hardware timer on it. */
    public boolean hasGuard() {
        return guardKind != null && !guardKind.equals("none");
    }

    /** Why it is to take no guests, though it could; null if it may. */
    public String whyNoGuests() {
        String trouble = poolTrouble();
        return closed() != null || trouble == null ? closed() : "its " + trouble;
    }

    /** What is wrong with its pool that no guest may come to it; null if nothing is, or it has none. */
    public String poolTrouble() {
        return poolVerdict == null || poolVerdict.standing().takesGuests() ? null : poolVerdict.says();
    }

    /** What its pool was last decided to be fit for; null if it has none, or none is known yet. */
    public PoolStanding poolStanding() {
        return poolVerdict == null ? null : poolVerdict.standing();
    }

    /** How people closed it to guests; null if they did not. */
    public String closed() {
        if (maintenance) {
            return "in maintenance";
        }
        if (shutdown != null) {
            return "being shut down";
        }
        return draining ? "being drained" : null;
    }

    /** Whether the guests that run on it are to move to other nodes. */
    public boolean givesGuestsAway() {
        return draining || maintenance || shutdown == ShutdownPolicy.MIGRATE || shutdown == ShutdownPolicy.FAILOVER;
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

    /** Whether that incarnation is of a machine that was replaced since. */
    public boolean isOfMachineBefore(Incarnation other) {
        return replaced != null && other.boot() < replaced.boot();
    }

    /** Whether what its last beat names may still run: it beats, or is silent and not yet discharged. */
    public boolean mayRunWhatItNames() {
        return liveness == Liveness.LIVE || liveness == Liveness.SUSPECT || liveness == Liveness.LAPSED;
    }

    /**
     * Whether this log holds the own beat whose acknowledgement that beat quotes. If not, it was lost with all that stood
     * behind it, and its offset, given again since, proves nothing.
     */
    boolean wasReadHere(Heartbeat quoting) {
        return quoting.incarnation().equals(incarnation)
                && quoting.ackedSeq() >= firstSeq
                && quoting.ackedSeq() <= lastSeq;
    }

    /** Whether the last beat read is that one. */
    boolean isLast(Heartbeat.Seen seen) {
        return seen.offset() == lastOffset && seen.seq() == lastSeq && seen.incarnation().equals(incarnation);
    }

    /** Whether beats of that incarnation, up to that number, stood on the log and were not read. */
    public boolean missed(Incarnation other, long seq) {
        return isActing(other) && lastSeq >= 0 && seq > lastSeq;
    }

    /** The node as if its beats had named that lease + wd at most. */
    public NodeState withSilence(Duration named) {
        return edit(edit -> edit.silence = named);
    }

    NodeState with(Liveness next) {
        return edit(edit -> edit.liveness = next);
    }

    NodeState withDraining() {
        return edit(edit -> edit.draining = true);
    }

    NodeState withMaintenance(boolean next) {
        return edit(edit -> edit.maintenance = next);
    }

    NodeState withShutdown(ShutdownPolicy next) {
        return edit(edit -> edit.shutdown = next);
    }

    NodeState withPool(PoolVerdict next) {
        return edit(edit -> edit.poolVerdict = next);
    }

    /** Another machine is the node: nothing is known of its pool. */
    NodeState withReplaced(Replaced next) {
        return edit(edit -> {
            edit.replaced = next;
            edit.pool = null;
            edit.poolVerdict = null;
        });
    }

    NodeState withBases(Map<String, Base> next) {
        return edit(edit -> edit.bases = next);
    }

    NodeState withRefused(Incarnation other) {
        return edit(edit -> edit.refused = other);
    }

    /**
     * The node with every testimony about its silence void, as it may have beaten until that offset.
     *
     * @param named the lease + wd that it may have named there
     */
    NodeState heardFrom(long offset, Duration named) {
        return edit(edit -> {
            edit.lastOffset = incarnation == null ? lastOffset : offset;
            edit.lastSeq = -1;
            edit.silence = longer(silence, named);
            edit.bases = Map.of();
        });
    }

    /** The node after a beat of its current incarnation: every testimony about its silence is void. */
    NodeState onBeat(Heartbeat beat, long offset) {
        return edit(edit -> {
            edit.beaten(beat, offset);
            edit.firstSeq = lastSeq >= 0 && beat.seq() == lastSeq + 1 ? firstSeq : beat.seq();
            edit.silence = longer(silence, beat.leaseAndWd());
        });
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** The node after the first beat of a newer incarnation. */
    NodeState reborn(Heartbeat beat, long offset) {
        return edit(edit -> {
            edit.incarnation = beat.incarnation();
            edit.bootId = beat.bootId();
            edit.liveness = Liveness.LIVE;
            edit.draining = false;
            edit.shutdown = null;
            edit.beaten(beat, offset);
            edit.firstSeq = beat.seq();
            edit.silence = beat.leaseAndWd();
        });
    }

    private NodeState edit(Consumer<NodeEdit> change) {
        NodeEdit edit = new NodeEdit(this);
        change.accept(edit);
        return edit.done();
    }
}
