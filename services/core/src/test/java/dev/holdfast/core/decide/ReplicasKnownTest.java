package dev.holdfast.core.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.message.Snapshot;
import org.junit.jupiter.api.Test;

/** R11: which replica is the freshest is judged by all that was ever reported. */
class ReplicasKnownTest {

    @Test
    void aStreamThatEndsAfterANewerOneDoesNotHideIt() {
        // Given b and c with snapshots of the owner, c with the newer one
        Cluster cluster = Cluster.withDbOnA();
        Snapshot late = cluster.orders.snapshot(1, "a");
        cluster.replicated("db", "b");
        cluster.replicated("db", "c");
        Snapshot newest = cluster.db().replicas().get("c");

        // When a stream to c ends that began before
        cluster.orders.arrived("db", "c", cluster.machine("c").incarnation, late);

        // Then c still counts as what it is, and is promoted
        assertThat(cluster.db().replicas()).containsEntry("c", newest);
        cluster.crashUntilFenced("a");
        assertThat(cluster.last(GuestEvent.PromoteReplica.class).node()).isEqualTo("c");
        assertThat(cluster.last(GuestEvent.PromoteReplica.class).minimum()).isEqualTo(newest);
    }
}
