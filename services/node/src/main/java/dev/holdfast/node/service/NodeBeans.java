package dev.holdfast.node.service;

import dev.holdfast.guard.clock.LeaseClock;
import dev.holdfast.guard.clock.MachineClock;
import dev.holdfast.guard.clock.SystemClock;
import dev.holdfast.guard.clock.WitnessClock;
import dev.holdfast.messaging.ClientSettings;
import dev.holdfast.encoding.Codecs;
import dev.holdfast.messaging.RecordDecoder;
import dev.holdfast.messaging.RecordEncoder;
import dev.holdfast.encoding.SchemaIds;
import dev.holdfast.messaging.Source;
import dev.holdfast.messaging.registry.RegistryView;
import dev.holdfast.node.agent.Agent;
import dev.holdfast.node.agent.AgentFacts;
import dev.holdfast.node.agent.BrokerClients;
import dev.holdfast.node.agent.ClusterLog;
import dev.holdfast.node.agent.GuardWatch;
import dev.holdfast.node.agent.KafkaClients;
import dev.holdfast.node.agent.Surroundings;
import dev.holdfast.node.cluster.MachineIdentity;
import dev.holdfast.node.cluster.NodeConfig;
import dev.holdfast.node.cluster.NodeFolder;
import dev.holdfast.quorum.QuorumService;
import dev.holdfast.quorum.QuorumSettings;
import dev.holdfast.replication.zfs.PoolStatus;
import dev.holdfast.replication.zfs.ZfsCommand;
import dev.holdfast.schemas.SchemaCatalogue;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.function.Function;

/** What the services of a node are made of, and how they are put together. */
@Factory
final class NodeBeans {

    @Singleton
    SchemaCatalogue schemas() {
        return SchemaCatalogue.load();
    }

    /** Known from the start without a registry; with one, learned from the log and never asked of the registry. */
    @Singleton
    SchemaIds schemaIds(SchemaCatalogue schemas, NodeConfig config) {
        return config.cluster().registryUrl().isPresent() ? SchemaIds.awaited(schemas) : SchemaIds.derived(schemas);
    }

    @Bean(preDestroy = "close")
    @Singleton
    IdsFirst idsFirst(SchemaIds ids, KafkaClients clients, RecordDecoder decoder) {
        return new IdsFirst(ids, new ClusterLog(clients, decoder)::registeredSchemas);
    }

    @Singleton
    Codecs codecs(SchemaIds ids) {
        return new Codecs(ids);
    }

    @Singleton
    RegistryView registryView(SchemaCatalogue schemas, SchemaIds ids) {
        return new RegistryView(schemas, ids);
    }

    @Bean(preDestroy = "close")
    @Singleton
    @Requires(property = NodeServices.VOTER, value = "true")
    QuorumService quorum(NodeConfig config, NodeFolder folder, ClientSettings clients, Codecs codecs) {
        return new QuorumService(
                new QuorumSettings(
                        config.cluster().name(), config.node(), clients, folder.root().resolve("streams")),
                codecs);
    }

    @Singleton
    RecordDecoder decoder(Codecs codecs) {
        return new RecordDecoder(codecs);
    }

    /** One encoder per service: the source in its headers says who wrote. */
    @Singleton
    Encoders encoders(Codecs codecs, NodeConfig config) {
        return new Encoders(service -> new RecordEncoder(
                codecs, new Source(config.cluster().name(), config.node(), service), InstantSource.system()));
    }

    /** Gives each service of the node its encoder. */
    record Encoders(Function<String, RecordEncoder> byService) {}

    @Singleton
    ClientSettings clientSettings(NodeConfig config) {
        return new ClientSettings(config.cluster().brokers(), config.node());
    }

    @Singleton
    KafkaClients kafkaClients(ClientSettings settings) {
        return new BrokerClients(settings);
    }

    @Singleton
    MachineClock machineClock() {
        return SystemClock.INSTANCE;
    }

    @Singleton
    WitnessClock witnessClock(MachineClock machine) {
        return WitnessClock.startingNow(machine);
    }

    @Singleton
    LeaseClock leaseClock(MachineClock machine) {
        return LeaseClock.startingNow(machine);
    }

    @Singleton
    AgentFacts agentFacts(NodeConfig config, NodeFolder folder, Storage storage) throws IOException {
        MachineIdentity identity = MachineIdentity.read(folder.identity());
        return new AgentFacts(
                config.cluster().clusterId(), config.node(), InetAddress.getByName(config.address()).getHostAddress(),
                identity.machineId().toString(), identity.bootId().toString(), folder.machine(), storage, folder.run(), folder.logs(),
                holdfastLib());
    }

    /** The folder of the jar that this class was loaded from. */
    private static Path holdfastLib() {
        return Path.of(NodeBeans.class.getProtectionDomain().getCodeSource().getLocation().getPath()).getParent();
    }

    @Bean(preDestroy = "close")
    @Singleton
    PoolWatch poolWatch(NodeConfig config) {
        return config.cluster().datasetOf(config.node())
                .map(dataset -> new PoolStatus(
                        new ZfsCommand(PoolWatch.ANSWERS_WITHIN), dataset, ZoneId.systemDefault()))
                .map(status -> new PoolWatch(status.pool(), status::look, PoolWatch.EVERY, System::nanoTime))
                .orElseGet(PoolWatch::ofNothing);
    }

    @Bean(preDestroy = "close")
    @Singleton
    Agent agent(
            AgentFacts facts,
            KafkaClients clients,
            RecordDecoder decoder,
            Encoders encoders,
            LeaseClock leaseClock,
            WitnessClock witnessClock,
            Volumes volumes,
            Routes routes,
            PoolWatch pool) {
        return new Agent(new Surroundings(
                facts, clients, decoder, encoders.byService(), leaseClock, witnessClock, new GuardWatch(),
                volumes, routes::know, pool::newest));
    }
}
