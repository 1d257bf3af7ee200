package dev.holdfast.core.decide;

import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.node.PoolHealth;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** One node as a test plays it: its own clock, what it has read, what was acknowledged to it, what it runs. */
final class Machine {

    final String name;
    final Map<String, Heartbeat.Seen> seen = new TreeMap<>();
    final Map<String, Long> running = new TreeMap<>();
    Incarnation incarnation = new Incarnation(1, 1);
    String bootId;
    String topicId = Cluster.TOPIC_ID;
    String guardKind = "process";
    Duration lease;
    Duration wd;
    long settingsVersion = 1;
    PoolHealth pool;
    long seq;
    long ackedSeq;
    long acked = -1;
    boolean up = true;
    Duration lastSentAt;
    private Duration clockAhead;

    Machine(String name, Duration clockAhead, Duration lease, Duration wd) {
        this.name = name;
        this.clockAhead = clockAhead;
        this.lease = lease;
        this.wd = wd;
        this.bootId = name + "-boot-1";
    }

    /** What this machine's clock shows when the world's shows that. */
    Duration clock(Duration world) {
        return world.plus(clockAhead);
    }

    /** A new boot: another clock, another boot id, nothing running. */
    void reboot(Duration world) {
        incarnation = new Incarnation(incarnation.boot() + 1, 1);
        bootId = name + "-boot-" + incarnation.boot();
        clockAhead = Duration.ofSeconds(1).minus(world);
        startAfresh();
    }

    /** The services' next life within the same boot, after the guard has verified the death of all guests. */
    void restart() {
        incarnation = new Incarnation(incarnation.boot(), incarnation.k() + 1);
        startAfresh();
    }

    /** The node takes on settings, in its next beat. */
    void takesOn(ClusterSettings settings) {
        settingsVersion = settings.version();
        lease = settings.timing().lease();
        wd = settings.timing().wd();
    }

    private void startAfresh() {
        seen.clear();
        running.clear();
        seq = 0;
        ackedSeq = 0;
        acked = -1;
        up = true;
    }

    Heartbeat nextBeat(Duration world) {
        seq++;
        lastSentAt = clock(world);
        return new Heartbeat(
                name, topicId, incarnation, bootId, seq, seen, ackedSeq, acked, lastSentAt, lease, wd, guardKind,
                settingsVersion, running, pool);
    }
}
