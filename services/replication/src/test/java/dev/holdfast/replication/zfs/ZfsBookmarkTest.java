package dev.holdfast.replication.zfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.replication.volume.FileTrees;
import dev.holdfast.replication.volume.Store;
import dev.holdfast.replication.volume.StoredSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is left of a snapshot that is gone; skipped where ZFS has no bookmarks. */
class ZfsBookmarkTest {

    private Pools pools;
    private Store owner;
    private Store target;

    @BeforeEach
    void anOwnerAndATarget() throws IOException {
        pools = Pools.orSkip();
        ZfsCapabilities can = ZfsCapabilities.detect(Pools.COMMANDS);
        assumeTrue(can.bookmarks(), "this ZFS has no bookmarks: " + can.version());
        owner = pools.open("a");
        owner.driver.create(Store.GUEST);
        target = pools.open("b");
    }

    @AfterEach
    void destroyPools() throws IOException {
        if (pools != null) {
            pools.close();
        }
    }

    @Test
    void aBaseThatSomebodyDestroyedAtTheSourceIsABaseAllTheSame() throws Exception {
        StoredSnapshot first = snapshotWith("one", 1);
        target.receiveWhole(owner.stream(Optional.empty(), first.id()));
        Files.delete(owner.live().resolve("one"));
        Pools.zfs("destroy", pools.dataset("a", "live@hf-1-1"));
        StoredSnapshot second = snapshotWith("two", 2);

        assertThat(owner.driver.bases(Store.GUEST, second.id())).containsExactly(first.id());
        byte[] increment = owner.stream(Optional.of(first.id()), second.id());
        assertThat(increment.length).isLessThan(3_000_000);
        target.receiveWhole(increment);

        target.promote(2);
        assertThat(FileTrees.describe(target.live())).isEqualTo(FileTrees.describe(owner.live()));
    }

    @Test
    void aSnapshotWhoseAnswerWasLostIsABaseAfterRetentionDeletedIt() throws Exception {
        StoredSnapshot first = snapshotWith("one", 1);
        target.receiveWhole(owner.stream(Optional.empty(), first.id()));
        owner.driver.noteCommon(Store.GUEST, "b", first.id());
        StoredSnapshot second = snapshotWith("two", 2);
        target.receiveWhole(owner.stream(Optional.of(first.id()), second.id()));
        StoredSnapshot third = snapshotWith("three", 3);

        assertThat(owner.driver.retain(Store.GUEST, 1, Set.of())).containsExactly(second.id());

        assertThat(owner.driver.bases(Store.GUEST, third.id())).containsExactly(second.id(), first.id());
        target.receiveWhole(owner.stream(Optional.of(second.id()), third.id()));
        assertThat(target.driver.replicas(Store.GUEST)).extracting(StoredSnapshot::id)
                .containsExactly(first.id(), second.id(), third.id());
    }

    @Test
    void bookmarksDoNotGrowWithoutBound() throws Exception {
        StoredSnapshot common = snapshotWith("one", 1);
        owner.stream(Optional.empty(), common.id());
        owner.driver.noteCommon(Store.GUEST, "b", common.id());
        Pools.zfs("release", Holds.commonWith("b"), pools.dataset("a", "live@hf-1-1"));
        Pools.zfs("destroy", pools.dataset("a", "live@hf-1-1"));
        for (int sequence = 2; sequence <= 21; sequence++) {
            StoredSnapshot sent = owner.snapshot(1, sequence);
            owner.stream(Optional.of(common.id()), sent.id());
        }

        owner.driver.retain(Store.GUEST, 1, Set.of());

        List<String> left = Pools.zfs("list", "-H", "-t", "bookmark", "-o", "name", "-r", pools.dataset("a", "live"));
        assertThat(left).hasSize(1 + 16 + 1).contains(
                pools.dataset("a", "live#hf-1-1"), pools.dataset("a", "live#hf-1-20"),
                pools.dataset("a", "live#hf-1-21"));
    }

    @Test
    void theBookmarkOfASnapshotThatWasRolledBackGivesWayToOneOfTheSameName() throws Exception {
        StoredSnapshot first = snapshotWith("one", 1);
        owner.stream(Optional.empty(), first.id());
        StoredSnapshot second = snapshotWith("two", 2);
        owner.stream(Optional.of(first.id()), second.id());
        Pools.zfs("destroy", pools.dataset("a", "live@hf-1-2"));
        StoredSnapshot anew = snapshotWith("other", 2);
        owner.stream(Optional.of(first.id()), anew.id());

        assertThat(Pools.zfs("get", "-Hp", "-o", "value", "guid", pools.dataset("a", "live#hf-1-2")))
                .containsExactly(anew.id())
                .doesNotContain(second.id());
    }

    @Test
    void aReturnedVolumeWithABookmarkOfSomethingYoungerBecomesAReplica() throws Exception {
        StoredSnapshot first = snapshotWith("one", 1);
        target.receiveWhole(owner.stream(Optional.empty(), first.id()));
        StoredSnapshot second = owner.snapshot(1, 2);
        owner.stream(Optional.of(first.id()), second.id());
        Pools.zfs("destroy", pools.dataset("a", "live@hf-1-2"));
        target.promote(2);
        StoredSnapshot next = target.snapshot(2, 1);

        assertThat(owner.driver.dropLiveHeldBy(Store.GUEST, first.id())).isTrue();
        owner.receiveWhole(target.stream(Optional.of(first.id()), next.id()));
        assertThat(owner.driver.newest(Store.GUEST).map(StoredSnapshot::id)).contains(next.id());
    }

    private StoredSnapshot snapshotWith(String file, long sequence) throws IOException {
        byte[] bytes = new byte[2_000_000];
        new Random(file.hashCode()).nextBytes(bytes);
        Files.write(owner.live().resolve(file), bytes);
        return owner.snapshot(1, sequence);
    }
}
