package dev.holdfast.cli.read;

import dev.holdfast.cli.Failure;
import dev.holdfast.cli.local.LocalCluster;
import dev.holdfast.cli.local.NodeNames;
import dev.holdfast.messaging.ClientSettings;
import dev.holdfast.encoding.Codecs;
import dev.holdfast.encoding.Received;
import dev.holdfast.messaging.RecordDecoder;
import dev.holdfast.messaging.RecordEncoder;
import dev.holdfast.encoding.RegisteredSchemas;
import dev.holdfast.encoding.SchemaIds;
import dev.holdfast.messaging.Source;
import dev.holdfast.node.cluster.ClusterConfig;
import dev.holdfast.schemas.SchemaCatalogue;
import dev.holdfast.schemas.Topic;
import dev.holdfast.schemas.TopicCatalogue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;

/**
 * The way to one cluster's topics. Clients are made when they are first needed; whoever asks for a reader closes it.
 *
 * <p>In a cluster with a registry the schema ids are read from the log before anything else is read or written, once;
 * the registry is not asked.
 */
public final class ClusterAccess implements AutoCloseable {

    /** How long a record of an operator is tried before it counts as not written. */
    private static final Duration WRITE_WITHIN = Duration.ofSeconds(10);

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(1);
    private static final int NAMED_WITHIN_MS = 3_000;

    private final ClusterConfig cluster;
    private final ClientSettings settings;
    private final SchemaIds ids;
    private final Codecs codecs;
    private Admin admin;
    private Producer<byte[], byte[]> producer;
    private boolean isTheCluster;

    /** To a cluster wherever its nodes are; whether any answers shows when something is asked. */
    public ClusterAccess(ClusterConfig cluster) {
        NodeNames.use(cluster);
        this.cluster = cluster;
        this.settings = new ClientSettings(cluster.brokers(), "cli-" + ProcessHandle.current().pid());
        SchemaCatalogue schemas = SchemaCatalogue.load();
        this.ids = cluster.registryUrl().isPresent() ? SchemaIds.awaited(schemas) : SchemaIds.derived(schemas);
        this.codecs = new Codecs(ids);
    }

    /**
     * To a cluster that runs on this host.
     *
     * @throws Failure if none of its nodes is switched on
     */
    public static ClusterAccess to(LocalCluster cluster) {
        if (!cluster.isRunning()) {
            throw Failure.noAnswer("the cluster in " + cluster.folder().root()
                    + " is down: start it with './holdfast up'");
        }
        return new ClusterAccess(cluster.config());
    }

    /**
     * A reader of these topics, committed records only; it stands nowhere until it is told where.
     *
     * @throws Failure if the schema ids have to be read first and cannot be
     */
    public TopicTail tail(Topic... topics) {
        needIds();
        return open(topics);
    }

    private TopicTail open(Topic... topics) {
        requireTheCluster();
        return new TopicTail(
                new KafkaConsumer<>(settings.reader("reader")), new RecordDecoder(codecs), List.of(topics));
    }

    /**
     * Uses the ids that a registry has just given, instead of reading them from the log.
     *
     * @throws IllegalArgumentException if an id could stand for two schemas
     */
    public void use(RegisteredSchemas registered) {
        ids.learn(registered);
    }

    /**
     * What the registry gave, as it stands on the log now; empty if there is nothing yet, or no registry.
     *
     * @throws Failure if the log does not answer
     */
    public Optional<RegisteredSchemas> registeredSchemas() {
        List<RegisteredSchemas> found = new ArrayList<>();
        try (TopicTail tail = open(TopicCatalogue.CLUSTER_SETTINGS).fromBeginning()) {
            tail.readToEnd(received -> {
                if (received instanceof Received.Message message && message.body() instanceof RegisteredSchemas ids) {
                    found.add(ids);
                }
            });
        }
        return found.stream().max(Comparator.comparing(RegisteredSchemas::version));
    }

    private synchronized void needIds() {
        if (ids.areKnown()) {
            return;
        }
        RegisteredSchemas registered = registeredSchemas().orElseThrow(() -> Failure.noAnswer(
                "the schema registry's ids are not on the log: the first bring-up was not completed. './holdfast up' takes "
                        + "it up again"));
        try {
            ids.learn(registered);
        } catch (IllegalArgumentException unusable) {
            throw Failure.failed(unusable.getMessage(), unusable);
        }
    }

    /** @throws Failure if those who answer are of another cluster */
    public synchronized Admin admin() {
        if (admin == null) {
            admin = Admin.create(settings.admin("admin"));
        }
        requireTheCluster();
        return admin;
    }

    /**
     * Addresses prove nothing: on one host another cluster may have taken this one's network, and elsewhere a file may be
     * old. Whoever does not answer is not judged; whatever is asked next says so.
     */
    private synchronized void requireTheCluster() {
        if (isTheCluster) {
            return;
        }
        if (admin == null) {
            admin = Admin.create(settings.admin("admin"));
        }
        try {
            String found = admin.describeCluster(new DescribeClusterOptions().timeoutMs(NAMED_WITHIN_MS)).clusterId().get();
            if (!found.equals(cluster.clusterId())) {
                throw Failure.noAnswer("the brokers at " + cluster.voters().stream().map(cluster::addressOf).toList()
                        + " are of another cluster: their id is " + found + ", that of '" + cluster.name() + "' is "
                        + cluster.clusterId() + ". Nothing was asked of them");
            }
            isTheCluster = true;
        } catch (ExecutionException | KafkaException noAnswer) {
            // No news.
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw Failure.failed("interrupted");
        }
    }

    /** @throws Failure if those who answer are of another cluster */
    public synchronized Producer<byte[], byte[]> producer() {
        requireTheCluster();
        if (producer == null) {
            producer = new KafkaProducer<>(settings.producer("writer", WRITE_WITHIN));
        }
        return producer;
    }

    /** A producer with some settings of its own; closed by the caller. */
    public Producer<byte[], byte[]> producer(Map<String, Object> own) {
        requireTheCluster();
        Map<String, Object> all = new HashMap<>(settings.producer("own-writer", WRITE_WITHIN));
        all.putAll(own);
        return new KafkaProducer<>(all);
    }

    /**
     * Makes records in the name of the command line on this machine.
     *
     * @throws Failure if the schema ids have to be read first and cannot be
     */
    public RecordEncoder encoder() {
        needIds();
        return new RecordEncoder(codecs, new Source(cluster.name(), Host.name(), "cli"), InstantSource.system());
    }

    /**
     * What reads and writes values of this cluster.
     *
     * @throws Failure if the schema ids have to be read first and cannot be
     */
    public Codecs codecs() {
        needIds();
        return codecs;
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close(CLOSE_WITHIN);
        }
        if (producer != null) {
            producer.close(CLOSE_WITHIN);
        }
    }
}
