package dev.holdfast.node.agent;

import dev.holdfast.guard.clock.LeaseClock;
import dev.holdfast.guard.clock.WitnessClock;
import dev.holdfast.messaging.RecordDecoder;
import dev.holdfast.messaging.RecordEncoder;
import java.util.function.Function;

/** What outlives an incarnation: clocks, clients, codecs. */
public record Surroundings(
        AgentFacts facts,
        KafkaClients clients,
        RecordDecoder decoder,
        Function<String, RecordEncoder> encoders,
        LeaseClock leaseClock,
        WitnessClock witnessClock,
        GuardWatch guardWatch,
        VolumeService.Factory volumes) {

    /** The encoder of one service of this node. */
    RecordEncoder encoder(String service) {
        return encoders.apply(service);
    }

    ClusterLog log() {
        return new ClusterLog(clients, decoder);
    }
}
