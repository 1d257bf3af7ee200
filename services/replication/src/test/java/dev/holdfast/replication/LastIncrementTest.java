package dev.holdfast.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.event.GuestEvent.ReplicateFinal;
import dev.holdfast.core.event.GuestEvent.StartGuest;
import dev.holdfast.core.message.ReplicaReport;
import dev.holdfast.core.message.Snapshot;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.replication.volume.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The last increment of a stopped guest, whatever this incarnation has heard of it. */
class LastIncrementTest {

    private static final Incarnation NOW = new Incarnation(1, 2);

    @TempDir
    private Path folder;

    private Store store;
    private LastIncrement increment;
    private final List<Snapshot> sent = new ArrayList<>();
    private final List<ReplicaReport> reports = new ArrayList<>();
    private final Deque<Boolean> runs = new ArrayDeque<>(List.of(false, false));

    @BeforeEach
    void open() throws IOException {
        store = Store.open(folder.resolve("a"));
        store.driver.create(Store.GUEST);
        SnapshotSender sender = (guest, snapshot, target) -> {
            sent.add(snapshot);
            return new SnapshotSender.Sent.Arrived(1);
        };
        increment = new LastIncrement(
                new Owner("a", NOW), store.driver, () -> Duration.ofSeconds(9), sender, reports::add);
    }

    @Test
    void aVolumeThatAnEarlierIncarnationWroteIsHandedOverToo() throws Exception {
        store.snapshot(4, 7);

        carryOut(4, null);

        assertThat(sent).singleElement().satisfies(last -> {
            assertThat(last.epoch()).isEqualTo(4);
            assertThat(last.sequence()).isEqualTo(8);
            assertThat(last.ownerIncarnation()).isEqualTo(NOW);
        });
        assertThat(reports).singleElement().isEqualTo(
                new ReplicaReport.SnapshotTaken(Store.GUEST, "a", NOW, sent.getFirst(), 0, true));
    }

    @Test
    void aStartUnderWhichNothingRanIsNoObstacle() throws Exception {
        store.snapshot(4, 7);

        carryOut(6, start(6));

        assertThat(sent).singleElement().satisfies(last -> assertThat(last.epoch()).isEqualTo(6));
    }

    @Test
    void anOrderOfBeforeTheNewestStartIsNoneAnyMore() throws Exception {
        carryOut(4, start(6));

        refusedWith("its newest start here is of epoch 6, not 4");
    }

    @Test
    void nothingIsTakenOfAGuestThatMayRun() throws Exception {
        runs.addFirst(true);
        carryOut(4, start(4));

        refusedWith("it may still run here");
    }

    @Test
    void whatWasReadWhileTheGuestWasStartedIsNotHandedOver() throws Exception {
        runs.clear();
        runs.addAll(List.of(false, true));
        carryOut(4, start(4));

        refusedWith("it was started meanwhile");
    }

    private void refusedWith(String reason) {
        assertThat(sent).isEmpty();
        assertThat(reports).singleElement().isInstanceOfSatisfying(ReplicaReport.ReplicationFailed.class, failed ->
                assertThat(failed.reason()).endsWith(reason));
    }

    private void carryOut(long epoch, StartGuest heard) throws InterruptedException {
        increment.carryOut(
                new ReplicateFinal(Store.GUEST, epoch, "a", NOW, "b", new Incarnation(1, 1)), heard, runs::poll);
    }

    private static StartGuest start(long epoch) {
        return new StartGuest(Store.GUEST, epoch, "a", NOW, false, null);
    }
}
