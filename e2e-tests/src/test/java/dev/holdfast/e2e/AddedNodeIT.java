package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.local.NodeProcess;
import dev.holdfast.core.message.OperatorCommand;
import dev.holdfast.core.state.Liveness;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A fourth machine is added, owns the database, loses its power, comes back, and is removed. */
class AddedNodeIT {

    private static final String ADDED = "d";
    private static final Duration MOVED = Duration.ofSeconds(90);

    @Test
    void aNodeThatWasAddedOwnsTheDatabaseIsFencedAndCanBeRemoved() {
        try (TestCluster cluster = TestCluster.withDatabase("added-node", Duration.ofSeconds(3))) {
            assertThat(cluster.holdfast(ExitCode.USAGE, "node", "remove", "a")).contains("a is a voter");
            cluster.holdfast(ExitCode.OK, "node", "add", ADDED, "--why", "more room");
            cluster.start(ADDED);
            cluster.awaitLive(ADDED);
            assertThat(cluster.processes().node(ADDED).processes())
                    .extracting(NodeProcess::role).contains(NodeProcess.Role.GUARD);
            cluster.await(ADDED + " holds a copy", MOVED,
                    () -> cluster.guest().orElseThrow().replicas().containsKey(ADDED));
            assertThat(cluster.holdfast(ExitCode.OK, "status")).contains("live, no voter", "3 of 3 voters live");

            moveTo(cluster, ADDED);
            cluster.awaitReplicated();
            assertThat(cluster.holdfast(ExitCode.FAILED, "node", "remove", ADDED)).contains("has running processes");
            cluster.kill(ADDED);
            cluster.awaitAnsweringElsewhere(ADDED);
            cluster.awaitLiveness(ADDED, Liveness.FENCED);

            cluster.start(ADDED);
            cluster.awaitLive(ADDED);
            cluster.awaitReplicated();
            cluster.holdfast(ExitCode.OK, "node", "stop", ADDED);
            cluster.holdfast(ExitCode.OK, "node", "remove", ADDED, "--why", "enough room");

            assertThat(cluster.guest().orElseThrow().replicas()).doesNotContainKey(ADDED);
            assertThat(cluster.holdfast(ExitCode.OK, "status", "-o", "tsv")).doesNotContain("no voter");
            assertThat(cluster.holdfast(ExitCode.FAILED, "node", "add", ADDED)).contains("a name that was never used");
            String owner = cluster.owner();
            cluster.kill(owner);
            cluster.awaitAnsweringElsewhere(owner);
            cluster.proveSafety();
        }
    }

    private static void moveTo(TestCluster cluster, String node) {
        assertThat(cluster.ask(new OperatorCommand.Switchover(TestCluster.GUEST, node)).accepted()).isTrue();
        cluster.await("the database answers on " + node, MOVED, () -> cluster.runner().filter(node::equals).isPresent());
    }
}
