package dev.holdfast.node.agent;

import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.node.PoolHealth;
import dev.holdfast.guard.clock.LeaseClock;
import dev.holdfast.guard.clock.WitnessClock;
import dev.holdfast.messaging.RecordDecoder;
import dev.holdfast.messaging.RecordEncoder;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What outlives an incarnation: clocks, clients, codecs.
 *
 * @param nodes told which nodes there are, before they are reached
 * @param pool what was last found of the pool of this node's volumes, for its beats; answers null if there is none, at
 *     once and without throwing
 */
public record Surroundings(
        AgentFacts facts,
        KafkaClients clients,
        RecordDecoder decoder,
        Function<String, RecordEncoder> encoders,
        LeaseClock leaseClock,
        WitnessClock witnessClock,
        GuardWatch guardWatch,
        VolumeService.Factory volumes,
        Consumer<ClusterSettings> nodes,
        Supplier<PoolHealth> pool) {

    /** The encoder of one service of this node. */
    RecordEncoder encoder(String service) {
        return encoders.apply(service);
    }

    ClusterLog log() {
        return new ClusterLog(clients, decoder);
    }
}
