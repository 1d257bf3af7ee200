package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.demo.LoadReport;
import dev.holdfast.core.event.GuestEvent.GuestRecovered;
import dev.holdfast.core.event.GuestEvent.StartGuest;
import dev.holdfast.core.state.Replication.Branch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Loss of power: of the node that runs the database, by either way, and of a bystander. */
@TestInstance(Lifecycle.PER_CLASS)
class PullThePlugIT {

    private static final Duration CHECK = Duration.ofSeconds(60);

    private TestCluster cluster;

    @BeforeAll
    void start() {
        cluster = TestCluster.withDatabase("pull", Duration.ofSeconds(3));
    }

    @AfterAll
    void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void theDatabaseComesBackElsewhereWhenItsNodeIsKilled() throws Exception {
        pullTheOwner(false);
    }

    @Test
    void theDatabaseComesBackElsewhereWhenItsNodeFallsSilent() throws Exception {
        pullTheOwner(true);
    }

    private void pullTheOwner(boolean silently) throws Exception {
        String owner = cluster.owner();
        cluster.beginLoad();
        // On a busy machine a snapshot may be dropped, which it then says.
        cluster.await("a copy that was asked for is everywhere", CHECK,
                () -> cluster.holdfast("replicate", "now", TestCluster.GUEST).code() == ExitCode.OK);
        if (!silently) {
            cluster.holdfast(ExitCode.OK, "replicate", "pause", TestCluster.GUEST,
                    "--why", "so that something is lost");
        }
        long pulledAt = System.nanoTime();
        if (silently) {
            cluster.silenceAndKill(owner);
        } else {
            cluster.kill(owner);
        }
        cluster.awaitAnsweringElsewhere(owner);
        LoadReport report = cluster.load().checkAfter(pulledAt, CHECK);
        assertThat(report.rowsCorrupt()).as("corrupt rows").isZero();
        assertThat(report.rowsLostLater()).as("rows lost after the recovery").isZero();
        GuestRecovered receipt = cluster.events(GuestRecovered.class).getLast();
        assertThat(receipt.dataLoss()).as("stated data loss").isNotNull();
        assertThat(receipt.fence()).as("what fenced the owner").contains(owner + "/");
        cluster.load().close();
        if (!silently) {
            aPausedGuestIsPausedUnderItsNextOwnerToo();
        }
        bringBack(owner);
        if (!silently) {
            whatNeverLeftTheNodeIsKeptUntilSomebodyDropsIt(owner);
        }
        cluster.proveSafety();
    }

    private void aPausedGuestIsPausedUnderItsNextOwnerToo() {
        assertThat(cluster.holdfast(ExitCode.OK, "status")).contains("NOT COPIED: db, replication paused by ");
        assertThat(cluster.holdfast(ExitCode.OK, "replicas", TestCluster.GUEST, "-o", "json"))
                .contains("\"paused\":true", "\"pausedWhy\":\"so that something is lost\"");
        assertThat(cluster.guest().orElseThrow().replication().taken()).as("taken by the next owner").isNull();
        cluster.holdfast(ExitCode.OK, "replicate", "resume", TestCluster.GUEST);
    }

    private void whatNeverLeftTheNodeIsKeptUntilSomebodyDropsIt(String node) {
        cluster.await("the branch is known", CHECK, () -> branch(node).isPresent());
        Branch branch = branch(node).orElseThrow();
        assertThat(branch.bytes()).isPositive();
        assertThat(cluster.holdfast(ExitCode.OK, "replicas", "--divergent", "-o", "tsv")).contains(branch.aside());
        Path kept = cluster.processes().node(node).folder().volumes()
                .resolve(TestCluster.GUEST).resolve("aside").resolve(branch.aside());
        assertThat(kept).isNotEmptyDirectory();

        cluster.holdfast(ExitCode.OK, "replicas", "drop", TestCluster.GUEST, node, branch.aside(),
                "--why", "looked at");

        cluster.await("the branch is gone", CHECK, () -> branch(node).isEmpty());
        assertThat(kept).doesNotExist();
    }

    private Optional<Branch> branch(String node) {
        return cluster.guest().orElseThrow().replication().branches().stream()
                .filter(branch -> branch.node().equals(node))
                .findFirst();
    }

    @Test
    void nothingMovesWhenABystanderLosesPower() {
        String owner = cluster.owner();
        String bystander = cluster.processes().config().nodes().stream()
                .filter(node -> !node.equals(owner))
                .findFirst()
                .orElseThrow();
        int starts = cluster.events(StartGuest.class).size();

        cluster.kill(bystander);
        cluster.awaitLiveness(bystander, dev.holdfast.core.state.Liveness.FENCED);

        assertThat(cluster.runner()).contains(owner);
        assertThat(cluster.events(StartGuest.class)).hasSize(starts);
        bringBack(bystander);
        cluster.proveSafety();
    }

    private void bringBack(String node) {
        cluster.healLinks();
        cluster.start(node);
        cluster.awaitLive(node);
        cluster.awaitAnswering();
        cluster.awaitReplicated();
    }
}
