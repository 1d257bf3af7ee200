package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.core.event.NodeEvent.NodeReplaced;
import dev.holdfast.core.message.OperatorCommand;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.state.Liveness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.QuorumInfo;
import org.junit.jupiter.api.Test;

/** The machine that runs the database is lost with its disk: another one takes its place, and owns it in the end. */
class LostMachineIT {

    private static final Duration VOTER = Duration.ofSeconds(90);

    @Test
    void anotherMachineTakesThePlaceOfOneThatIsLostAndTheLostOneNeverComesBack() throws IOException {
        try (TestCluster cluster = TestCluster.withDatabase("lost-machine", Duration.ofSeconds(3))) {
            String lost = cluster.owner();
            assertThat(cluster.holdfast(ExitCode.FAILED, "node", "replace", lost)).contains("has running processes");
            cluster.kill(lost);
            cluster.awaitAnsweringElsewhere(lost);
            cluster.awaitLiveness(lost, Liveness.FENCED);

            cluster.holdfast(ExitCode.OK, "node", "replace", lost, "--why", "burnt");
            assertThat(cluster.guest().orElseThrow().replicas()).doesNotContainKey(lost);
            cluster.start(lost);
            cluster.awaitLive(lost);
            assertThat(cluster.state().orElseThrow().node(lost).incarnation()).isEqualTo(new Incarnation(1_000, 1));
            cluster.awaitReplicated();
            cluster.await(lost + " votes among the brokers", VOTER, () -> votes(cluster, lost));

            // It may own the database now, and the others need its vote and its part of the log.
            assertThat(cluster.ask(new OperatorCommand.Switchover(TestCluster.GUEST, lost)).accepted()).isTrue();
            cluster.await("the database answers on " + lost, Duration.ofSeconds(90),
                    () -> cluster.runner().filter(lost::equals).isPresent());
            cluster.awaitReplicated();

            theLostOneComesBack(cluster, lost);
            cluster.proveSafety();
        }
    }

    private static void theLostOneComesBack(TestCluster cluster, String lost) throws IOException {
        cluster.kill(lost);
        cluster.awaitAnsweringElsewhere(lost);
        Path data = cluster.processes().folder().root();
        Files.move(data.resolve(lost), data.resolve(lost + "-second"));
        Files.move(data.resolve(lost + "-replaced-1"), data.resolve(lost));
        cluster.start(lost);

        Path log = data.resolve(lost).resolve("logs/node.log");
        cluster.await("it refuses to begin", Duration.ofSeconds(90), () -> read(log).contains(
                "the machine of this node was replaced by " + cluster.events(NodeReplaced.class).getLast().machine()));
        assertThat(cluster.state().orElseThrow().node(lost).isLive()).isFalse();
        assertThat(cluster.runner()).isPresent().isNotEqualTo(java.util.Optional.of(lost));
    }

    private static boolean votes(TestCluster cluster, String node) {
        try {
            return cluster.access().admin().describeMetadataQuorum().quorumInfo().get().voters().stream()
                    .map(QuorumInfo.ReplicaState::replicaId)
                    .anyMatch(id -> id == cluster.processes().config().idOf(node));
        } catch (ExecutionException notYet) {
            return false;
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException notYet) {
            return "";
        }
    }
}
