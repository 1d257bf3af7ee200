package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.demo.LoadReport;
import dev.holdfast.core.event.GuestEvent.GuestRecovered;
import dev.holdfast.core.event.NodeEvent.NodeFenced;
import dev.holdfast.core.message.OperatorCommand;
import dev.holdfast.core.node.ShutdownPolicy;
import dev.holdfast.core.state.Liveness;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Three containers with a network of their own: killed, paused, disconnected, disturbed, and restarted one by one. */
@NeedsDocker
@TestInstance(Lifecycle.PER_CLASS)
class ContainersIT {

    private static final List<String> NODES = List.of("a", "b", "c");
    private static final Duration CHECK = Duration.ofSeconds(60);
    private static final Duration AGAIN = Duration.ofSeconds(120);

    private TestCluster cluster;
    private ContainerMachines machines;

    @BeforeAll
    void start() {
        cluster = TestCluster.inContainers("containers", Duration.ofSeconds(3));
        machines = (ContainerMachines) cluster.machines();
    }

    @AfterAll
    void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    /** Whatever was done to it: nothing ran twice, the log is as it was written, and all is well again. */
    @AfterEach
    void allIsWellAgain() {
        cluster.healLinks();
        NODES.forEach(cluster::start);
        cluster.awaitLive("a", "b", "c");
        cluster.awaitAnswering();
        cluster.awaitReplicated();
        cluster.proveSafety();
    }

    private List<String> othersThan(String node) {
        return NODES.stream().filter(other -> !other.equals(node)).toList();
    }

    @Test
    void aMachineThatLosesItsPowerIsReplacedByAnother() throws Exception {
        String owner = cluster.owner();
        cluster.beginLoad();
        long pulledAt = System.nanoTime();

        cluster.kill(owner);

        cluster.awaitAnsweringElsewhere(owner);
        LoadReport report = cluster.load().checkAfter(pulledAt, CHECK);
        assertThat(report.rowsCorrupt()).as("corrupt rows").isZero();
        assertThat(report.rowsLostLater()).as("rows lost after the recovery").isZero();
        assertThat(cluster.events(GuestRecovered.class).getLast().dataLoss()).isNotNull();
        cluster.load().close();
    }

    @Test
    void servicesThatStandStillLoseTheirGuestsToTheGuard() {
        String owner = cluster.owner();

        machines.signalServices(owner, "STOP");

        cluster.awaitAnsweringElsewhere(owner);
        cluster.awaitLiveness(owner, Liveness.LIVE);
    }

    @Test
    void aNodeThatIsDisconnectedEndsItsGuestsBeforeTheyStartElsewhere() {
        String owner = cluster.owner();

        cluster.cutOff(owner);

        cluster.awaitAnsweringElsewhere(owner);
        assertThat(cluster.events(NodeFenced.class).getLast().node()).isEqualTo(owner);
    }

    @Test
    void nothingIsStartedWithoutAMajorityAndAllComesBackWithIt() {
        String owner = cluster.owner();
        long before = cluster.epoch();

        othersThan(owner).forEach(cluster::cutOff);
        cluster.await("the guard of " + owner + " has ended the guest", CHECK, () -> !machines.runsGuest(owner));
        pause(Duration.ofSeconds(20));

        assertThat(NODES).as("who runs the guest without a majority").noneMatch(machines::runsGuest);
        cluster.healLinks();
        cluster.awaitLive("a", "b", "c");
        cluster.awaitAnsweringAgain(before);
    }

    @Test
    void aNodeThatIsHeardOfNoMoreButHearsAllIsFenced() {
        String owner = cluster.owner();
        machines.loseWhatItSends(owner, true);
        try {
            cluster.awaitAnsweringElsewhere(owner);
        } finally {
            machines.loseWhatItSends(owner, false);
        }
    }

    @Test
    void allNodesAreRestartedOneByOneUnderLoadAndNobodyIsFencedAndNothingIsLost() throws Exception {
        cluster.beginLoad();
        int recovered = cluster.events(GuestRecovered.class).size();
        int fenced = cluster.events(NodeFenced.class).size();
        for (String node : NODES) {
            cluster.awaitReplicated();
            assertThat(cluster.ask(new OperatorCommand.ShutdownNode(node, ShutdownPolicy.MIGRATE, true)).accepted())
                    .as("the shutdown of " + node).isTrue();
            cluster.await(node + " has no guest", AGAIN,
                    () -> cluster.runner().filter(runner -> !runner.equals(node)).isPresent());
            machines.stop(node);
            cluster.start(node);
            cluster.awaitLive(node);
        }
        LoadReport report = cluster.load().check(CHECK);
        assertThat(report.rowsLost()).as("rows lost").isZero();
        assertThat(report.rowsCorrupt()).as("corrupt rows").isZero();
        assertThat(cluster.events(NodeFenced.class)).as("fencings").hasSize(fenced);
        List<Long> outages = cluster.events(GuestRecovered.class).stream()
                .skip(recovered)
                .map(each -> each.outage().toMillis())
                .sorted()
                .toList();
        assertThat(outages).isNotEmpty();
        // Log time passes in beats, so what the clients saw is more telling.
        System.out.printf("rolling restart: switchoverMs %s, longest time without an answer %s%n", outages, report.longestGap());
        cluster.load().close();
    }

    @Test
    void aBrokerWithoutRoomOnItsDiskEndsWithItsNodeAndComesBackWhenThereIsRoom() {
        String small = ContainerMachines.SMALL_DISK;
        if (!cluster.owner().equals(small)) {
            assertThat(cluster.ask(new OperatorCommand.Switchover(TestCluster.GUEST, small)).accepted()).isTrue();
            cluster.await("the database answers on " + small, AGAIN,
                    () -> cluster.runner().filter(small::equals).isPresent());
            cluster.awaitReplicated();
        }
        machines.fillDisk();
        try {
            cluster.awaitAnsweringElsewhere(small);
        } finally {
            machines.emptyDisk();
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
