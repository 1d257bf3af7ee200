package dev.holdfast.messaging;

import dev.holdfast.schemas.Topic;
import dev.holdfast.schemas.TopicCatalogue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes the topics of a cluster, and compares them with the catalogue. For init and for checks; nothing else may. */
public final class ClusterTopics {

    private final Admin admin;

    /**
     * @param admin owned and closed by the caller
     */
    public ClusterTopics(Admin admin) {
        this.admin = admin;
    }

    /**
     * Makes every topic that is missing; one that is there is left as it is, so that an init that was interrupted can
     * be run again.
     *
     * @return names of the topics made
     * @throws ExecutionException with Kafka's reason
     */
    public List<String> createMissing() throws ExecutionException, InterruptedException {
        CreateTopicsResult result = admin.createTopics(wanted());
        List<String> made = new ArrayList<>();
        for (Map.Entry<String, KafkaFuture<Void>> topic : result.values().entrySet()) {
            try {
                topic.getValue().get();
                made.add(topic.getKey());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
        return made;
    }

    /**
     * Kafka's id of each topic: a topic made anew has another id, whatever its name.
     *
     * @throws ExecutionException with Kafka's reason, as if a topic is missing
     */
    public Map<Topic, String> ids() throws ExecutionException, InterruptedException {
        Map<String, TopicDescription> found = admin.describeTopics(names()).allTopicNames().get();
        Map<Topic, String> ids = new LinkedHashMap<>();
        TopicCatalogue.ALL.forEach(topic -> ids.put(topic, found.get(topic.name()).topicId().toString()));
        return ids;
    }

    /**
     * What differs from the catalogue, one sentence each, for example
     * {@code node.heartbeats: flush.messages is 9223372036854775807, the catalogue says 1}; empty if nothing does.
     *
     * @throws ExecutionException with Kafka's reason, as if a topic is missing
     */
    public List<String> differences() throws ExecutionException, InterruptedException {
        List<String> found = new ArrayList<>();
        Map<String, TopicDescription> shapes = admin.describeTopics(names()).allTopicNames().get();
        Map<ConfigResource, Config> configs = admin.describeConfigs(names().stream()
                        .map(ClusterTopics::resource)
                        .toList())
                .all()
                .get();
        for (Topic topic : TopicCatalogue.ALL) {
            differencesInShape(topic, shapes.get(topic.name()), found);
            differencesInSettings(topic, configs.get(resource(topic.name())), found);
        }
        return found;
    }

    /** The topics as they are made. */
    static List<NewTopic> wanted() {
        return TopicCatalogue.ALL.stream()
                .map(topic -> new NewTopic(topic.name(), Topic.PARTITIONS, Topic.REPLICAS).configs(topic.settings()))
                .collect(Collectors.toList());
    }

    private static void differencesInShape(Topic topic, TopicDescription shape, List<String> found) {
        if (shape.partitions().size() != Topic.PARTITIONS) {
            found.add(topic + ": has " + shape.partitions().size() + " partitions, the catalogue says "
                    + Topic.PARTITIONS);
        }
        int replicas = shape.partitions().getFirst().replicas().size();
        if (replicas != Topic.REPLICAS) {
            found.add(topic + ": has " + replicas + " replicas, the catalogue says " + Topic.REPLICAS);
        }
    }

    private static void differencesInSettings(Topic topic, Config config, List<String> found) {
        topic.settings().forEach((name, wanted) -> {
            String actual = config.get(name) == null ? "not set" : config.get(name).value();
            if (!wanted.equals(actual)) {
                found.add(topic + ": " + name + " is " + actual + ", the catalogue says " + wanted);
            }
        });
    }

    private static List<String> names() {
        return TopicCatalogue.ALL.stream().map(Topic::name).toList();
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }
}
