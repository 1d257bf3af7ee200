package dev.holdfast.core.state;

import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.node.PoolHealth;
import dev.holdfast.core.node.PoolVerdict;
import dev.holdfast.core.node.ShutdownPolicy;
import java.time.Duration;
import java.util.Map;

/** A node's state while it is being changed. */
final class NodeEdit {

    private final String name;
    Incarnation incarnation;
    String bootId;
    Liveness liveness;
    boolean draining;
    boolean maintenance;
    ShutdownPolicy shutdown;
    PoolVerdict poolVerdict;
    long lastOffset;
    long lastSeq;
    long firstSeq;
    Duration sentAt;
    Duration silence;
    String guardKind;
    long settingsVersion;
    Map<String, Long> running;
    PoolHealth pool;
    Map<String, Base> bases;
    Incarnation refused;
    Replaced replaced;

    NodeEdit(NodeState node) {
        name = node.name();
        incarnation = node.incarnation();
        bootId = node.bootId();
        liveness = node.liveness();
        draining = node.draining();
        maintenance = node.maintenance();
        shutdown = node.shutdown();
        poolVerdict = node.poolVerdict();
        lastOffset = node.lastOffset();
        lastSeq = node.lastSeq();
        firstSeq = node.firstSeq();
        sentAt = node.sentAt();
        silence = node.silence();
        guardKind = node.guardKind();
        settingsVersion = node.settingsVersion();
        running = node.running();
        pool = node.pool();
        bases = node.bases();
        refused = node.refused();
        replaced = node.replaced();
    }

    /** What every accepted beat says of its node. */
    void beaten(Heartbeat beat, long offset) {
        lastOffset = offset;
        lastSeq = beat.seq();
        sentAt = beat.sentAt();
        guardKind = beat.guardKind();
        settingsVersion = beat.settingsVersion();
        running = beat.running();
        pool = beat.pool() == null && beat.seq() <= NodeState.BEATS_UNTIL_LOOKED ? pool : beat.pool();
        bases = Map.of();
    }

    NodeState done() {
        return new NodeState(
                name, incarnation, bootId, liveness, draining, maintenance, shutdown, poolVerdict, lastOffset, lastSeq,
                firstSeq, sentAt, silence, guardKind, settingsVersion, running, pool, bases, refused, replaced);
    }
}
