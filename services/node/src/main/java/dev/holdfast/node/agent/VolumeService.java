package dev.holdfast.node.agent;

import dev.holdfast.core.agent.SeenBeats;
import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.guard.client.GuardClient;
import org.apache.kafka.clients.producer.Producer;

/** Replication for one incarnation, as its life sees it. */
public interface VolumeService extends AutoCloseable {

    /** Begins to carry out orders and to replicate. */
    void begin();

    /** Other nodes are the targets from now on. */
    void take(ClusterSettings settings);

    @Override
    void close();

    /** Makes the service for an incarnation, positioned where its orders will begin. */
    interface Factory {

        VolumeService begin(
                Incarnation incarnation, GuardClient guard, ClusterSettings settings, SeenBeats seen,
                Producer<byte[], byte[]> reports);
    }
}
