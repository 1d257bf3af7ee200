package dev.holdfast.node.service;

import dev.holdfast.core.agent.SeenBeats;
import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.message.ReplicaReport;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.guard.client.GuardClient;
import dev.holdfast.guard.clock.WitnessClock;
import dev.holdfast.messaging.RecordDecoder;
import dev.holdfast.messaging.TopicWriter;
import dev.holdfast.node.agent.AgentFacts;
import dev.holdfast.node.agent.KafkaClients;
import dev.holdfast.node.agent.VolumeService;
import dev.holdfast.node.cluster.NodeConfig;
import dev.holdfast.node.cluster.NodeFolder;
import dev.holdfast.replication.CopyStatus;
import dev.holdfast.replication.Owner;
import dev.holdfast.replication.ReplicationService;
import dev.holdfast.replication.RoutedSender;
import dev.holdfast.replication.transport.Bandwidth;
import dev.holdfast.replication.volume.ReplicaFloors;
import dev.holdfast.replication.volume.VolumeDriver;
import dev.holdfast.schemas.TopicCatalogue;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.kafka.clients.producer.Producer;

/** Makes replication for each incarnation of this node over the one volume driver of its folder. */
@Singleton
final class Volumes implements VolumeService.Factory {

    private final NodeConfig config;
    private final Routes routes;
    private final Bandwidth bandwidth;
    private final VolumeDriver driver;
    private final ReplicaFloors floors;
    private final KafkaClients clients;
    private final RecordDecoder decoder;
    private final NodeBeans.Encoders encoders;
    private final WitnessClock clock;
    private final AgentFacts facts;
    private volatile ReplicationService present;

    Volumes(
            NodeConfig config,
            NodeFolder folder,
            Storage storage,
            Routes routes,
            KafkaClients clients,
            RecordDecoder decoder,
            NodeBeans.Encoders encoders,
            WitnessClock clock,
            AgentFacts facts)
            throws IOException {
        this.config = config;
        this.routes = routes;
        this.bandwidth = routes.bandwidth();
        this.driver = storage.driver();
        this.floors = ReplicaFloors.open(folder.machine().resolve("replica-floors"));
        this.clients = clients;
        this.decoder = decoder;
        this.encoders = encoders;
        this.clock = clock;
        this.facts = facts;
    }

    @Override
    public VolumeService begin(
            Incarnation incarnation,
            GuardClient guard,
            ClusterSettings settings,
            SeenBeats seen,
            Producer<byte[], byte[]> reports) {
        Owner owner = new Owner(config.node(), incarnation);
        RoutedSender sender = new RoutedSender(
                config.node(), incarnation, driver, routes::to, routes.connectLimit(), bandwidth, seen::incarnation);
        TopicWriter<ReplicaReport> writer = new TopicWriter<>(
                TopicCatalogue.REPLICA_REPORTS, reports, encoders.byService().apply("replication"));
        ReplicationService service = new ReplicationService(
                owner, routes.listen(), guard, driver, floors, sender,
                writer, clock::now, facts::placeholders, clients.reader("replica-commands"), decoder);
        Running running = new Running(service, config.node());
        running.take(settings);
        service.position();
        present = service;
        return running;
    }

    /** How the copies of the guests that run on this node stand. */
    List<CopyStatus> copies() {
        ReplicationService service = present;
        return service == null ? List.of() : service.copies();
    }

    private record Running(ReplicationService service, String node) implements VolumeService {

        @Override
        public void take(ClusterSettings settings) {
            service.replicateTo(settings.nodes().stream().filter(other -> !other.equals(node)).toList());
        }

        @Override
        public void begin() {
            try {
                service.begin();
            } catch (IOException taken) {
                throw new UncheckedIOException("replication cannot receive: " + taken.getMessage(), taken);
            }
        }

        @Override
        public void close() {
            service.close();
        }
    }
}
