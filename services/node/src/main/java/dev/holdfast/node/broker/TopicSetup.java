package dev.holdfast.node.broker;

import dev.holdfast.messaging.ClusterTopics;
import dev.holdfast.schemas.TopicCatalogue;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.internals.Topic;

/**
 * Makes every topic of a new cluster, Kafka's own included, and checks those that exist. Safe to repeat.
 *
 * <p>Kafka makes its internal topics when they are first asked for. Doing that here, while all nodes are up, spares the
 * first failover of a young cluster from having to.
 */
public final class TopicSetup {
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);
    private static final String NOBODY = "holdfast-init";

    private final Admin admin;
    private final int nodes;

    /**
     * @param admin owned and closed by the caller
     * @param nodes how many brokers there must be before anything is made: a topic made earlier would lack replicas
     */
    public TopicSetup(Admin admin, int nodes) {
        this.admin = admin;
        this.nodes = nodes;
    }

    /**
     * Waits for all brokers, makes what is missing, and waits until every replica is in sync.
     *
     * @return what differs from the catalogue in topics that were there before, one sentence each; empty if all is well
     * @throws TimeoutException   naming what was still missing after {@code patience}
     * @throws ExecutionException with Kafka's reason, if it is one that waiting does not cure
     */
    public List<String> prepare(Duration patience) throws TimeoutException, ExecutionException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        until(deadline, "all " + nodes + " brokers", () -> brokers() >= nodes);
        ClusterTopics topics = new ClusterTopics(admin);
        until(deadline, "the topics of the catalogue", () -> topics.createMissing() != null);
        until(deadline, Topic.GROUP_METADATA_TOPIC_NAME, this::askGroupCoordinator);
        until(deadline, Topic.TRANSACTION_STATE_TOPIC_NAME, this::askTransactionCoordinator);
        // Asked again each time: what a controller called existing may be gone with it if it fell before a majority knew.
        until(deadline, "all replicas in sync", () -> topics.createMissing().isEmpty() && allInSync());
        return topics.differences();
    }

    private int brokers() throws ExecutionException, InterruptedException {
        return admin.describeCluster(new DescribeClusterOptions()).nodes().get().size();
    }

    private boolean askGroupCoordinator() throws ExecutionException, InterruptedException {
        try {
            admin.describeConsumerGroups(Set.of(NOBODY)).all().get();
            return true;
        } catch (ExecutionException answered) {
            return orThrow(answered, GroupIdNotFoundException.class);
        }
    }

    private boolean askTransactionCoordinator() throws ExecutionException, InterruptedException {
        try {
            admin.describeTransactions(Set.of(NOBODY)).all().get();
            return true;
        } catch (ExecutionException answered) {
            return orThrow(answered, TransactionalIdNotFoundException.class);
        }
    }

    private static boolean orThrow(ExecutionException answered, Class<?> expected) throws ExecutionException {
        if (expected.isInstance(answered.getCause())) {
            return true;
        }
        throw answered;
    }

    private boolean allInSync() throws ExecutionException, InterruptedException {
        return admin.describeTopics(topicNames()).allTopicNames().get().values().stream()
                .map(TopicDescription::partitions).flatMap(Collection::stream)
                .allMatch(partition -> partition.isr().size() == partition.replicas().size());
    }

    private static List<String> topicNames() {
        return Stream.concat(TopicCatalogue.ALL.stream().map(dev.holdfast.schemas.Topic::name),
                Stream.of(Topic.GROUP_METADATA_TOPIC_NAME, Topic.TRANSACTION_STATE_TOPIC_NAME)).toList();
    }

    private static void until(long deadline, String what, Callable<Boolean> condition)
            throws TimeoutException, ExecutionException, InterruptedException {
        Optional<ExecutionException> last = Optional.empty();
        while (System.nanoTime() < deadline) {
            try {
                if (condition.call()) {
                    return;
                }
            } catch (ExecutionException failed) {
                if (!(failed.getCause() instanceof RetriableException)) {
                    throw failed;
                }
                last = Optional.of(failed);
            } catch (InterruptedException interrupted) {
                throw interrupted;
            } catch (Exception unexpected) {
                throw new ExecutionException(unexpected);
            }
            Thread.sleep(BETWEEN_TRIES);
        }
        throw new TimeoutException("still waiting for " + what
                + last.map(failed -> " (" + failed.getCause().getMessage() + ")").orElse(""));
    }
}
