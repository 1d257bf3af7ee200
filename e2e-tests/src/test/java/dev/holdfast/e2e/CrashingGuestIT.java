package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.demo.LoadReport;
import dev.holdfast.core.event.GuestEvent.GuestErrored;
import dev.holdfast.core.event.NodeEvent.NodeFenced;
import dev.holdfast.core.guest.RestartPolicy;
import dev.holdfast.core.message.OperatorCommand;
import dev.holdfast.core.state.GuestPhase;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A database that is killed again and again on healthy nodes: what its restart policy says, and nothing is lost. */
class CrashingGuestIT {

    private static final RestartPolicy ONCE_EACH = new RestartPolicy(
            1, Duration.ofMinutes(10), Duration.ofSeconds(1), Duration.ofSeconds(30), 1, Duration.ofHours(1));

    @Test
    void aCrashIsFollowedByARestartInPlaceThenByARelocationThenByAnErrorThatAPersonClears() throws Exception {
        try (TestCluster cluster = TestCluster.withDatabase("crash", Duration.ofSeconds(3), ONCE_EACH)) {
            cluster.beginLoad();
            String first = cluster.owner();

            assertThat(crash(cluster)).as("where it answers after the first crash").isEqualTo(first);
            String second = crash(cluster);
            assertThat(second).as("where it answers after the second crash").isNotEqualTo(first);
            assertThat(crash(cluster)).as("restarts count anew after a relocation").isEqualTo(second);

            kill(cluster);
            cluster.await("the error state", Duration.ofSeconds(30), () -> cluster.guest()
                    .filter(guest -> guest.phase() instanceof GuestPhase.Errored)
                    .isPresent());
            assertThat(cluster.events(GuestErrored.class)).hasSize(1);
            long before = cluster.epoch();
            assertThat(cluster.ask(new OperatorCommand.ClearGuest(TestCluster.GUEST)).accepted()).isTrue();
            cluster.awaitAnsweringAgain(before);

            LoadReport report = cluster.load().check(Duration.ofSeconds(60));
            assertThat(report.rowsLost()).as("rows lost").isZero();
            assertThat(report.rowsCorrupt()).as("corrupt rows").isZero();
            assertThat(cluster.events(NodeFenced.class)).as("fencings").isEmpty();
            cluster.proveSafety();
        }
    }

    /** Kills the guest and waits until it answers again; returns where. */
    private static String crash(TestCluster cluster) {
        long before = cluster.epoch();
        kill(cluster);
        cluster.awaitAnsweringAgain(before);
        return cluster.owner();
    }

    private static void kill(TestCluster cluster) {
        String owner = cluster.owner();
        cluster.guestProcesses(owner).forEach(process -> cluster.signal(process, "KILL"));
    }
}
