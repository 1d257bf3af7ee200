package dev.holdfast.cli.bringup;

import dev.holdfast.cli.Failure;
import dev.holdfast.cli.read.ClusterAccess;
import dev.holdfast.cli.read.Host;
import dev.holdfast.cli.read.TopicTail;
import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.node.Timing;
import dev.holdfast.messaging.ClusterTopics;
import dev.holdfast.encoding.Received;
import dev.holdfast.encoding.RegisteredSchemas;
import dev.holdfast.messaging.registry.RegistryClient;
import dev.holdfast.messaging.registry.RegistryException;
import dev.holdfast.node.cluster.ClusterConfig;
import dev.holdfast.schemas.SchemaCatalogue;
import dev.holdfast.schemas.Topic;
import dev.holdfast.schemas.TopicCatalogue;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * The part of init that needs brokers: topics, the ids of the schema registry if there is one, and version 1 of the
 * settings, which names the heartbeat log by Kafka's own id. Can be repeated: what is there stays as it is. Nodes begin
 * only when all of it is there.
 */
final class FirstRecords {

    private static final String KEY = "cluster";

    private final ClusterAccess access;
    private final ClusterConfig config;

    FirstRecords(ClusterAccess access, ClusterConfig config) {
        this.access = access;
        this.config = config;
    }

    /** Whether a topic or the settings are not there yet, as far as the log says. */
    boolean areMissing() {
        try {
            Set<String> there = access.admin().listTopics().names().get();
            return !there.containsAll(TopicCatalogue.ALL.stream().map(Topic::name).toList())
                    || config.registryUrl().isPresent() && access.registeredSchemas().isEmpty()
                    || !hasSettings();
        } catch (ExecutionException failed) {
            throw Failure.noAnswer("the brokers do not say which topics there are: " + failed.getCause().getMessage()
                    + "; try './holdfast up' again");
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw Failure.failed("interrupted while asking for topics");
        }
    }

    /**
     * Writes what is missing.
     *
     * @param progress told each step as one line of text
     * @throws Failure if brokers or registry do not take it, or do not answer
     */
    void write(Consumer<String> progress) {
        try {
            ClusterTopics topics = new ClusterTopics(access.admin());
            List<String> made = topics.createMissing();
            progress.accept(made.isEmpty() ? "all topics are there" : made.size() + " topics made");
            if (config.registryUrl().isPresent() && access.registeredSchemas().isEmpty()) {
                RegisteredSchemas registered = register(config.registryUrl().get());
                access.use(registered);
                write(RegisteredSchemas.KEY, registered);
                progress.accept(registered.summary());
            }
            if (!hasSettings()) {
                ClusterSettings settings = settings(topics.ids().get(TopicCatalogue.NODE_HEARTBEATS));
                write(KEY, settings);
                progress.accept(settings.summary());
            }
        } catch (ExecutionException failed) {
            throw Failure.failed("topics and settings cannot be made: " + failed.getCause().getMessage()
                    + "; './holdfast up' takes it up again", failed);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw Failure.failed("interrupted while making topics; './holdfast up' takes it up again");
        }
    }

    private static RegisteredSchemas register(URI url) {
        try (RegistryClient registry = new RegistryClient(url)) {
            return registry.register(SchemaCatalogue.load(), 1);
        } catch (RegistryException failed) {
            throw Failure.failed(failed.getMessage() + ". Nodes wait for its ids, and no settings are written. See to the "
                    + "registry, then './holdfast up' takes it up again", failed);
        }
    }

    private void write(String key, Record body) throws ExecutionException, InterruptedException {
        access.producer().send(access.encoder().record(TopicCatalogue.CLUSTER_SETTINGS, key, body)).get();
    }

    private boolean hasSettings() {
        boolean[] found = {false};
        try (TopicTail tail = access.tail(TopicCatalogue.CLUSTER_SETTINGS).fromBeginning()) {
            tail.readToEnd(received -> found[0] |=
                    received instanceof Received.Message message && message.body() instanceof ClusterSettings);
        }
        return found[0];
    }

    private ClusterSettings settings(String heartbeatTopicId) {
        return new ClusterSettings(
                1, config.clusterId(), heartbeatTopicId, config.voters(), Timing.named(config.profile()),
                ClusterSettings.COLD_START_WAIT, ClusterSettings.SUSPECT_ROUNDS, Host.userAndName(), "init");
    }
}
