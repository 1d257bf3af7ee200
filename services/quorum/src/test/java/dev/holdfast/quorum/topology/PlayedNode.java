package dev.holdfast.quorum.topology;

import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.node.PoolHealth;
import dev.holdfast.core.node.Timing;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** One node as a story plays it: its clock, what it has read, what was acknowledged to it, what it runs. */
final class PlayedNode {

    final String name;
    final Incarnation incarnation = new Incarnation(1, 1);
    final Map<String, Heartbeat.Seen> seen = new TreeMap<>();
    final Map<String, Long> running = new TreeMap<>();
    boolean up = true;
    PoolHealth pool;
    long ackedSeq;
    long acked = -1;
    private long seq;

    PlayedNode(String name) {
        this.name = name;
    }

    Heartbeat nextBeat(Duration now) {
        seq++;
        return new Heartbeat(
                name, PlayedCluster.LOG_ID, incarnation, name + "-boot-1", seq, seen, ackedSeq, acked, now, Timing.FAST.lease(),
                Timing.FAST.wd(), "process", 1, running, pool);
    }
}
