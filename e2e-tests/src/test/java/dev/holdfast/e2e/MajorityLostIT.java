package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Without a majority nothing may run, and everything comes back by itself once there is one. */
@TestInstance(Lifecycle.PER_CLASS)
class MajorityLostIT {

    private static final Duration GUARD = Duration.ofSeconds(30);
    private static final Duration STALL = Duration.ofSeconds(20);

    private TestCluster cluster;

    @BeforeAll
    void start() {
        cluster = TestCluster.withDatabase("majority", Duration.ofSeconds(3));
    }

    @AfterAll
    void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void theLastOfThreeStopsItsGuestAndTheDatabaseComesBackWithTheOthers() {
        String owner = cluster.owner();
        long before = cluster.epoch();
        String[] others = cluster.processes().config().nodes().stream()
                .filter(node -> !node.equals(owner))
                .toArray(String[]::new);

        cluster.kill(others);
        cluster.await("nothing runs on the last node", GUARD, () -> cluster.guestProcesses(owner).isEmpty());
        List.of(others).forEach(cluster::start);

        settled(before);
        assertThat(cluster.guest().orElseThrow().lastWriter().node())
                .as("the newest data is where it ran last, and nothing was promoted")
                .isEqualTo(owner);
    }

    @Test
    void aStallOfTheLogOnAllNodesStopsEverythingAndEverythingComesBackWithoutHandsAndWithoutLoss() throws Exception {
        String owner = cluster.owner();
        long before = cluster.epoch();
        cluster.beginLoad();
        long stalledAt = System.nanoTime();

        cluster.cutAll();
        cluster.await("nothing runs while the log stands still", GUARD, () -> cluster.guestProcesses(owner).isEmpty());
        Thread.sleep(STALL.minusNanos(System.nanoTime() - stalledAt));
        cluster.healLinks();

        settled(before);
        assertThat(cluster.load().checkAfter(stalledAt, Duration.ofSeconds(60)).rowsLost()).as("rows lost").isZero();
        cluster.load().close();
    }

    private void settled(long before) {
        cluster.awaitAnsweringAgain(before);
        cluster.awaitLive("a", "b", "c");
        cluster.awaitReplicated();
        cluster.proveSafety();
    }
}
