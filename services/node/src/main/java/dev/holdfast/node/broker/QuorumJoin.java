package dev.holdfast.node.broker;

import dev.holdfast.messaging.ClientSettings;
import dev.holdfast.node.NodeService;
import dev.holdfast.node.cluster.NodeConfig;
import dev.holdfast.node.cluster.NodeFolder;
import dev.holdfast.node.cluster.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.QuorumInfo;
import org.apache.kafka.clients.admin.RaftVoterEndpoint;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the controller of a machine that took another one's place a voter of the brokers' own quorum, once it has read
 * all of that quorum's log. Only a node that was made to do so does it, and only while nobody of its id is a voter: a
 * machine that was replaced must not push its successor out.
 */
public final class QuorumJoin implements NodeService {
    private static final Logger LOG = LoggerFactory.getLogger(QuorumJoin.class);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(2);

    private final NodeConfig config;
    private final NodeFolder folder;
    private final Path mark;
    private Thread thread;

    public QuorumJoin(NodeConfig config, NodeFolder folder) {
        this.config = config;
        this.folder = folder;
        this.mark = mark(folder);
    }

    /** Has the node join when it runs for the first time. */
    public static void order(NodeFolder folder) throws IOException {
        Files.writeString(mark(folder), "");
    }

    private static Path mark(NodeFolder folder) {
        return folder.machine().resolve("join-quorum");
    }

    @Override
    public String name() {
        return "quorum-join";
    }

    @Override
    public void start() {
        if (Files.exists(mark)) {
            thread = Thread.ofPlatform().daemon().name(name()).start(this::run);
        }
    }

    private void run() {
        try (Admin admin = Admin.create(new ClientSettings(config.cluster().brokers(), config.node()).admin(name()))) {
            Uuid own = BrokerStorage.directoryId(folder.kafka());
            while (!isDone(admin, own)) {
                Thread.sleep(BETWEEN_TRIES);
            }
            Files.deleteIfExists(mark);
        } catch (IOException failed) {
            LOG.error("this node's controller does not become a voter: {}", failed.toString());
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isDone(Admin admin, Uuid own) throws InterruptedException {
        try {
            Optional<Uuid> voter = admin.describeMetadataQuorum().quorumInfo().get().voters().stream()
                    .filter(each -> each.replicaId() == config.id())
                    .map(QuorumInfo.ReplicaState::replicaDirectoryId)
                    .findFirst();
            if (voter.isEmpty()) {
                admin.addRaftVoter(config.id(), own, Set.of(new RaftVoterEndpoint(
                                BrokerProperties.CONTROLLER_LISTENER, config.host(), Ports.CONTROLLER)))
                        .all()
                        .get();
                LOG.info("this node's controller is a voter of the brokers' quorum now");
            } else if (!voter.get().equals(own)) {
                LOG.warn("another machine with id {} is a voter of the brokers' quorum: this one goes on without",
                        config.id());
            }
            return true;
        } catch (ExecutionException | KafkaException notYet) {
            LOG.info("this node's controller is no voter yet, trying again: {}", String.valueOf(notYet.getMessage()));
            return false;
        }
    }

    @Override
    public void close() {
        if (thread != null) {
            thread.interrupt();
        }
    }
}
