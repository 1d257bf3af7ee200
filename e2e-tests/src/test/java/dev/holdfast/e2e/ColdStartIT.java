package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.demo.LoadReport;
import dev.holdfast.core.event.GuestEvent.PromoteReplica;
import dev.holdfast.core.event.GuestEvent.VolumeSetAside;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The whole cluster loses power; its nodes return one after the other, the one with the newest data last. */
class ColdStartIT {

    private static final Duration APART = Duration.ofSeconds(40);

    @Test
    void theNewestDataWinsWhicheverNodeReturnsLastAndNothingIsSetAsideWrongly() throws Exception {
        try (TestCluster cluster = TestCluster.withDatabase("cold", Duration.ofSeconds(3))) {
            cluster.beginLoad();
            String owner = cluster.owner();
            long before = cluster.epoch();
            List<String> order = new ArrayList<>(cluster.processes().config().nodes());
            order.remove(owner);
            order.add(owner);
            long pulledAt = System.nanoTime();

            cluster.kill(order.toArray(String[]::new));
            for (String node : order) {
                cluster.start(node);
                if (!node.equals(owner)) {
                    Thread.sleep(APART);
                }
            }

            cluster.awaitAnsweringAgain(before);
            cluster.awaitLive("a", "b", "c");
            assertThat(cluster.runner()).as("where the newest data is").contains(owner);
            LoadReport report = cluster.load().checkAfter(pulledAt, Duration.ofSeconds(60));
            assertThat(report.rowsLost()).as("rows lost").isZero();
            assertThat(report.rowsCorrupt()).as("corrupt rows").isZero();
            assertThat(cluster.events(PromoteReplica.class)).as("promotions").isEmpty();
            assertThat(cluster.events(VolumeSetAside.class)).as("set aside").isEmpty();
            cluster.awaitReplicated();
            cluster.proveSafety();
        }
    }
}
