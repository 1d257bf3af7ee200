package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.local.NodeProcess;
import dev.holdfast.cli.local.NodeProcess.Role;
import dev.holdfast.node.links.LinksClient;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** A node that lives but does not take part: its guests die by its guard before they are started elsewhere. */
@TestInstance(Lifecycle.PER_CLASS)
class FrozenAndCutIT {

    private static final Duration GUARD = Duration.ofSeconds(20);
    private static final Duration DELAY_EACH_WAY = Duration.ofMillis(250);

    private TestCluster cluster;

    @BeforeAll
    void start() {
        cluster = TestCluster.withDatabase("frozen", Duration.ofSeconds(3));
    }

    @AfterAll
    void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void aNodeProcessFrozenForAMinuteLosesItsGuestToAnotherNodeAndComesBack() throws Exception {
        String owner = cluster.owner();
        long before = cluster.epoch();
        NodeProcess frozen = cluster.processes().node(owner).process(Role.NODE);
        cluster.signal(frozen, "STOP");

        cluster.await("the guard has killed the guest of " + owner, GUARD,
                () -> cluster.guestProcesses(owner).isEmpty());
        Thread.sleep(Duration.ofSeconds(60));
        if (cluster.processes().processes().contains(frozen)) {
            cluster.signal(frozen, "CONT");
        }

        settled(before);
    }

    @Test
    void aNodeCutOffFromTheOthersLosesItsGuestAndIsTakenBackWhenTheLinkHeals() {
        String owner = cluster.owner();
        long before = cluster.epoch();
        cluster.cutOff(owner);

        cluster.await("the guard has killed the guest of " + owner, GUARD,
                () -> cluster.guestProcesses(owner).isEmpty());
        cluster.awaitAnsweringElsewhere(owner);
        cluster.healLinks();

        settled(before);
    }

    @Test
    void theDeathOfTheGuardAloneKillsTheGuestsAndIsALapse() {
        String owner = cluster.owner();
        long before = cluster.epoch();
        NodeProcess guest = cluster.guestProcesses(owner).getFirst();
        NodeProcess guard = cluster.processes().node(owner).process(Role.GUARD);
        cluster.signal(guard, "KILL");

        cluster.await("the guest that ran under the dead guard is dead", GUARD,
                () -> !cluster.guestProcesses(owner).contains(guest));
        settled(before);
        assertThat(cluster.processes().node(owner).process(Role.GUARD)).as("a new guard").isNotNull();
    }

    @Test
    void halfASecondOfDelayOnTheWayToTheOthersAndBackNeitherDoublesTheGuestNorLosesIt() throws Exception {
        String owner = cluster.owner();
        LinksClient links = cluster.processes().links();
        for (String other : cluster.processes().config().nodes()) {
            if (!other.equals(owner)) {
                links.delay(owner, other, DELAY_EACH_WAY);
                links.delay(other, owner, DELAY_EACH_WAY);
            }
        }

        Thread.sleep(Duration.ofSeconds(30));

        cluster.awaitAnswering();
        cluster.healLinks();
        cluster.awaitLive("a", "b", "c");
        cluster.awaitAnswering();
        cluster.awaitReplicated();
        cluster.proveSafety();
    }

    private void settled(long before) {
        cluster.awaitAnsweringAgain(before);
        cluster.awaitLive("a", "b", "c");
        cluster.awaitReplicated();
        cluster.proveSafety();
    }
}
