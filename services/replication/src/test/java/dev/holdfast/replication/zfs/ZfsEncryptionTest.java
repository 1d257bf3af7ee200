package dev.holdfast.replication.zfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.replication.volume.FileTrees;
import dev.holdfast.replication.volume.Increment;
import dev.holdfast.replication.volume.Promotion;
import dev.holdfast.replication.volume.Steps;
import dev.holdfast.replication.volume.Store;
import dev.holdfast.replication.volume.StoredSnapshot;
import dev.holdfast.replication.volume.Supersession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encrypted volumes, whose keys are in no stream; skipped where ZFS cannot encrypt. */
class ZfsEncryptionTest {

    @TempDir
    private Path folder;

    private Pools pools;
    private Path key;
    private Store owner;
    private Store target;

    @BeforeEach
    void anOwnerWhoseVolumesAreEncryptedAndATarget() throws IOException {
        pools = Pools.orSkip();
        ZfsCapabilities can = ZfsCapabilities.detect(Pools.COMMANDS);
        assumeTrue(can.encryption() && can.rawSend(), "this ZFS cannot encrypt: " + can.version());
        key = Files.write(folder.resolve("key"), new byte[32]);
        Pools.zfs(
                "create", "-o", "mountpoint=none", "-o", "encryption=on", "-o", "keyformat=raw", "-o",
                "keylocation=file://" + key, pools.pool("a") + "/volumes");
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
    void anEncryptedVolumeLeavesItsNodeRawAndItsKeyDoesNot() throws Exception {
        StoredSnapshot first = snapshotWith("one", 1);
        byte[] stream = owner.stream(Optional.empty(), first.id());
        target.receiveWhole(stream);
        StoredSnapshot second = snapshotWith("two", 2);
        target.receiveWhole(owner.stream(Optional.of(first.id()), second.id()));

        assertThat(StreamFeatures.of(stream)).contains(StreamFeatures.RAW);
        assertThat(keyStatus("replica")).isEqualTo("unavailable");
        tellTheTargetWhereTheKeyIs();
        assertThat(target.promote(2)).isInstanceOf(Promotion.Outcome.Promoted.class);
        assertThat(FileTrees.describe(target.live())).isEqualTo(FileTrees.describe(owner.live()));
    }

    @Test
    void aNodeWithoutTheKeySaysSoChangesNothingAndPromotesOnceItKnowsWhereItIs() throws Exception {
        StoredSnapshot first = snapshotWith("one", 1);
        target.receiveWhole(owner.stream(Optional.empty(), first.id()));
        List<String> before = datasetsOfTheTarget();

        assertThat(refusal(target.promote(2))).contains(
                pools.dataset("b", "replica") + " is encrypted and this node does not know where its key is",
                "zfs set holdfast:keylocation=", "zfs load-key");

        assertThat(datasetsOfTheTarget()).isEqualTo(before);
        assertThat(target.driver.hasLive(Store.GUEST)).isFalse();
        assertThat(pools.open("b").driver.newest(Store.GUEST).map(StoredSnapshot::id)).contains(first.id());
        tellTheTargetWhereTheKeyIs();
        assertThat(target.promote(3)).isInstanceOf(Promotion.Outcome.Promoted.class);
        assertThat(FileTrees.describe(target.live())).isEqualTo(FileTrees.describe(owner.live()));
    }

    @Test
    void aWrongKeyIsFoundOutBeforeAnythingIsChanged() throws Exception {
        target.receiveWhole(owner.stream(Optional.empty(), snapshotWith("one", 1).id()));
        List<String> before = datasetsOfTheTarget();
        byte[] other = new byte[32];
        other[0] = 1;
        Path wrong = Files.write(folder.resolve("wrong"), other);
        Pools.zfs("set", GuestDatasets.KEY_LOCATION + "=file://" + wrong, pools.dataset("b", ""));

        assertThat(refusal(target.promote(2)))
                .contains("zfs load-key", pools.dataset("b", "replica"), "Incorrect key");

        assertThat(datasetsOfTheTarget()).isEqualTo(before);
    }

    /** ZFS forgets it when the history changes hands: the guest would lose its volume at the next mount. */
    @Test
    void aKeyThatSomebodyLoadedByHandIsNotEnoughForAPromotion() throws Exception {
        target.receiveWhole(owner.stream(Optional.empty(), snapshotWith("one", 1).id()));
        Pools.zfs("load-key", "-L", "file://" + key, pools.dataset("b", "replica"));

        assertThat(refusal(target.promote(2))).contains("does not know where its key is");

        assertThat(target.driver.hasLive(Store.GUEST)).isFalse();
    }

    @Test
    void aRawIncrementThatWasCutGoesOnAndOneBuildsOnABookmark() throws Exception {
        StoredSnapshot first = snapshotWith("one", 1);
        target.receiveWhole(owner.stream(Optional.empty(), first.id()));
        StoredSnapshot second = snapshotWith("two", 2);
        byte[] increment = owner.stream(Optional.of(first.id()), second.id());
        target.receive(Arrays.copyOf(increment, increment.length * 3 / 4));
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        try (Increment resumed = owner.driver
                .resume(Store.GUEST, target.driver.resumable(Store.GUEST).orElseThrow())
                .orElseThrow()) {
            resumed.writeTo(rest);
        }
        assertThat(rest.size()).isLessThan(increment.length / 2);
        target.receiveWhole(rest.toByteArray());

        Pools.zfs("destroy", pools.dataset("a", "live@hf-1-2"));
        StoredSnapshot third = snapshotWith("three", 3);
        target.receiveWhole(owner.stream(Optional.of(second.id()), third.id()));

        tellTheTargetWhereTheKeyIs();
        target.promote(2);
        assertThat(FileTrees.describe(target.live())).isEqualTo(FileTrees.describe(owner.live()));
    }

    @Test
    void aGuestGoesThereAndBackWithBothNodesKnowingTheKey() throws Exception {
        StoredSnapshot first = snapshotWith("one", 1);
        target.receiveWhole(owner.stream(Optional.empty(), first.id()));
        Files.writeString(owner.live().resolve("late"), "never left this node");
        tellTheTargetWhereTheKeyIs();
        target.promote(2);
        Files.writeString(target.live().resolve("since"), "written over there");
        StoredSnapshot next = target.snapshot(2, 1);

        owner.supersession(Steps.NONE).run(new Supersession.Command(Store.GUEST, 2, Store.LIFE, first.id()));
        owner.receiveWhole(target.stream(Optional.of(first.id()), next.id()));
        assertThat(owner.promote(3)).isInstanceOf(Promotion.Outcome.Promoted.class);

        assertThat(FileTrees.describe(owner.live())).isEqualTo(FileTrees.describe(target.live()));
        assertThat(owner.live().resolveSibling("aside").resolve("2-superseded/late")).hasContent("never left this node");
        assertThat(FileTrees.describe(pools.open("a").live())).isEqualTo(FileTrees.describe(target.live()));
    }

    private void tellTheTargetWhereTheKeyIs() throws IOException {
        Pools.zfs("set", GuestDatasets.KEY_LOCATION + "=file://" + key, pools.pool("b") + "/volumes");
    }

    private String keyStatus(String part) throws IOException {
        return Pools.zfs("get", "-H", "-o", "value", "keystatus", pools.dataset("b", part)).getFirst();
    }

    private List<String> datasetsOfTheTarget() throws IOException {
        return Pools.zfs("list", "-H", "-r", "-t", "all", "-o", "name,origin,mounted", pools.pool("b"));
    }

    private static String refusal(Promotion.Outcome outcome) {
        return ((Promotion.Outcome.Refused) outcome).refusal().detail();
    }

    private StoredSnapshot snapshotWith(String file, long sequence) throws IOException {
        byte[] bytes = new byte[2_000_000];
        new Random(file.hashCode()).nextBytes(bytes);
        Files.write(owner.live().resolve(file), bytes);
        return owner.snapshot(1, sequence);
    }
}
