package dev.holdfast.core.message;

import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.node.PoolHealth;
import dev.holdfast.core.state.Sorted;
import java.time.Duration;
import java.util.Map;

/**
 * A heartbeat (rule R2). {@code seen} and {@code ackedOffset} were read first, <em>then</em> the clock for
 * {@code sentAt}, then it was sent: everything it quotes happened before {@code sentAt}.
 *
 * @param topicId Kafka's id of the heartbeat topic that this node checked when it read the log
 * @param bootId tests equality of boots only: two beats with one boot counter must carry one boot id
 * @param seq 1 for the first beat of an incarnation, then one more each
 * @param seen for each other voter the newest beat of it that this node has read, and when
 * @param ackedSeq number of the newest own beat whose acknowledgement was received; 0 before the first
 * @param ackedOffset its offset on the log; -1 before the first
 * @param sentAt this node's witness clock at sending
 * @param lease how long the acknowledgement of this beat is worth, from its sending
 * @param wd this node's watchdog timeout
 * @param guardKind what stands for the hardware timer, {@code process} or a device's name; {@code none} without
 * @param settingsVersion version of the cluster settings the node works with
 * @param running guests this node runs or may be starting, with the epoch of each
 * @param pool what the node found when it last looked at the pool of its volumes; null if it has none, as one that
 *     keeps volumes in directories, or has not looked yet
 */
public record Heartbeat(
        String node,
        String topicId,
        Incarnation incarnation,
        String bootId,
        long seq,
        Map<String, Seen> seen,
        long ackedSeq,
        long ackedOffset,
        Duration sentAt,
        Duration lease,
        Duration wd,
        String guardKind,
        long settingsVersion,
        Map<String, Long> running,
        PoolHealth pool)
        implements NodeMessage {

    public Heartbeat {
        seen = Sorted.map(seen);
        running = Sorted.map(running);
    }

    /**
     * The newest beat of another voter that the writer had read: which one, by its own numbers, and where it stood. An
     * offset alone tells nothing once a log was cut, as it is given again.
     *
     * @param incarnation of the beat read
     * @param seq of the beat read
     * @param offset its offset on the log
     * @param seenAt the reader's witness clock right after reading it
     */
    public record Seen(Incarnation incarnation, long seq, long offset, Duration seenAt) {}

    /** The beat as it would have been if its node had run with those. */
    public Heartbeat with(Duration otherLease, Duration otherWd) {
        return new Heartbeat(
                node, topicId, incarnation, bootId, seq, seen, ackedSeq, ackedOffset, sentAt, otherLease, otherWd, guardKind,
                settingsVersion, running, pool);
    }

    /** How long something of its node may run after it, unless a later one reached the log. */
    public Duration leaseAndWd() {
        return lease.plus(wd);
    }

    @Override
    public String summary() {
        return node + "/" + incarnation + " beat " + seq + (running.isEmpty() ? "" : " running " + running.keySet());
    }
}
