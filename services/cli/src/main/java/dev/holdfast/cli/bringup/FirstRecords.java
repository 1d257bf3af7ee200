package dev.holdfast.cli.bringup;

import dev.holdfast.cli.Failure;
import dev.holdfast.cli.read.ClusterAccess;
import dev.holdfast.cli.read.Host;
import dev.holdfast.cli.read.TopicTail;
import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.node.Timing;
import dev.holdfast.messaging.ClusterTopics;
import dev.holdfast.messaging.Received;
import dev.holdfast.node.cluster.ClusterConfig;
import dev.holdfast.schemas.Topic;
import dev.holdfast.schemas.TopicCatalogue;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * The part of init that needs brokers: topics, and version 1 of the settings, which names the heartbeat log by Kafka's
 * own id. Can be repeated: what is there stays as it is.
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
            return !there.containsAll(TopicCatalogue.ALL.stream().map(Topic::name).toList()) || !hasSettings();
        } catch (ExecutionException failed) {
            throw Failure.noAnswer("the brokers do not say which topics there are: " + failed.getCause().getMessage()
                    + "; try './holdfast up' again");
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw Failure.failed("interrupted while asking for topics");
        }
    }

    void write(Consumer<String> progress) {
        try {
            ClusterTopics topics = new ClusterTopics(access.admin());
            List<String> made = topics.createMissing();
            progress.accept(made.size() + " topics made");
            if (!hasSettings()) {
                ClusterSettings settings = settings(topics.ids().get(TopicCatalogue.NODE_HEARTBEATS));
                access.producer()
                        .send(access.encoder().record(TopicCatalogue.CLUSTER_SETTINGS, KEY, settings))
                        .get();
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

    private boolean hasSettings() {
        boolean[] found = {false};
        try (TopicTail tail = access.tail(TopicCatalogue.CLUSTER_SETTINGS).fromBeginning()) {
            tail.readToEnd(received -> found[0] |= received instanceof Received.Message);
        }
        return found[0];
    }

    private ClusterSettings settings(String heartbeatTopicId) {
        return new ClusterSettings(
                1, config.clusterId(), heartbeatTopicId, config.nodes(), Timing.named(config.profile()),
                ClusterSettings.COLD_START_WAIT, ClusterSettings.SUSPECT_ROUNDS, Host.userAndName(), "init");
    }
}
