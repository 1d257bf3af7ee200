package dev.holdfast.cli.read;

import dev.holdfast.cli.Failure;
import dev.holdfast.cli.local.LocalCluster;
import dev.holdfast.cli.local.NodeNames;
import dev.holdfast.messaging.ClientSettings;
import dev.holdfast.messaging.Codecs;
import dev.holdfast.messaging.RecordDecoder;
import dev.holdfast.messaging.RecordEncoder;
import dev.holdfast.messaging.Source;
import dev.holdfast.node.cluster.ClusterConfig;
import dev.holdfast.schemas.Topic;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;

/** The way to one cluster's topics. Clients are made when they are first needed; whoever asks for a reader closes it. */
public final class ClusterAccess implements AutoCloseable {

    /** How long a record of an operator is tried before it counts as not written. */
    private static final Duration WRITE_WITHIN = Duration.ofSeconds(10);

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(1);

    private final String clusterName;
    private final ClientSettings settings;
    private final Codecs codecs = Codecs.derivingIds();
    private Admin admin;
    private Producer<byte[], byte[]> producer;

    /**
     * @param bootstrap comma-separated {@code host:port} of the brokers
     */
    public ClusterAccess(String clusterName, String bootstrap) {
        this.clusterName = clusterName;
        this.settings = new ClientSettings(bootstrap, "cli-" + ProcessHandle.current().pid());
    }

    /**
     * To a cluster on this host.
     *
     * @throws Failure if none of its nodes is switched on
     */
    public static ClusterAccess to(LocalCluster cluster) {
        if (!cluster.isRunning()) {
            throw Failure.noAnswer("the cluster in " + cluster.folder().root()
                    + " is down: start it with './holdfast up'");
        }
        return to(cluster.config());
    }

    /** To a cluster wherever its nodes are; whether any answers shows when something is asked. */
    public static ClusterAccess to(ClusterConfig cluster) {
        NodeNames.use(cluster);
        return new ClusterAccess(cluster.name(), cluster.brokers());
    }

    /** A reader of these topics, committed records only; it stands nowhere until it is told where. */
    public TopicTail tail(Topic... topics) {
        return new TopicTail(
                new KafkaConsumer<>(settings.reader("reader")), new RecordDecoder(codecs), List.of(topics));
    }

    public synchronized Admin admin() {
        if (admin == null) {
            admin = Admin.create(settings.admin("admin"));
        }
        return admin;
    }

    public synchronized Producer<byte[], byte[]> producer() {
        if (producer == null) {
            producer = new KafkaProducer<>(settings.producer("writer", WRITE_WITHIN));
        }
        return producer;
    }

    /** Makes records in the name of the command line on this machine. */
    public RecordEncoder encoder() {
        return new RecordEncoder(codecs, new Source(clusterName, Host.name(), "cli"), InstantSource.system());
    }

    public Codecs codecs() {
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
