package dev.holdfast.replication.zfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.replication.volume.FileTrees;
import dev.holdfast.replication.volume.Increment;
import dev.holdfast.replication.volume.ReceiveOutcome;
import dev.holdfast.replication.volume.Promotion;
import dev.holdfast.replication.volume.Resumable;
import dev.holdfast.replication.volume.Store;
import dev.holdfast.replication.volume.StoredSnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only some ZFS can do; each test is skipped where it cannot. */
class ZfsCapabilityTest {

    @TempDir
    private Path folder;

    private Pools pools;
    private ZfsCapabilities can;

    @BeforeEach
    void pools() throws IOException {
        pools = Pools.orSkip();
        can = ZfsCapabilities.detect(Pools.COMMANDS);
    }

    @AfterEach
    void destroyPools() throws IOException {
        if (pools != null) {
            pools.close();
        }
    }

    @Test
    void whatTheZfsHereCanDoIsReadFromWhatItSays() throws Exception {
        assertThat(can.version()).isNotBlank();
        boolean fuse = can.version().contains("pool version 23");
        if (fuse) {
            assertThat(can).isEqualTo(
                    new ZfsCapabilities(can.version(), false, false, false, false, false, false, false));
        } else {
            assertThat(can).isEqualTo(new ZfsCapabilities(can.version(), true, true, true, true, true, true, true));
        }
    }

    @Test
    void anIncrementThatWasCutGoesOnWhereItWas() throws Exception {
        assumeTrue(can.resumeTokens(), "this ZFS cannot resume: " + can.version());
        Store owner = anOwner();
        Store target = pools.open("b");
        StoredSnapshot first = snapshotWith(owner, "one", 1);
        target.receiveWhole(owner.stream(Optional.empty(), first.id()));
        StoredSnapshot second = snapshotWith(owner, "two", 2);
        byte[] increment = owner.stream(Optional.of(first.id()), second.id());

        goesOn(owner, target, second, increment);

        target.promote(2);
        assertThat(FileTrees.describe(target.live())).isEqualTo(FileTrees.describe(owner.live()));
    }

    @Test
    void aFullCopyThatWasCutGoesOnWhereItWas() throws Exception {
        assumeTrue(can.resumeTokens(), "this ZFS cannot resume: " + can.version());
        Store owner = anOwner();
        StoredSnapshot first = snapshotWith(owner, "one", 1);

        goesOn(owner, pools.open("b"), first, owner.stream(Optional.empty(), first.id()));
    }

    private void goesOn(Store owner, Store target, StoredSnapshot snapshot, byte[] stream) throws IOException {
        assertThat(target.receive(Arrays.copyOf(stream, stream.length * 3 / 4)))
                .isInstanceOf(ReceiveOutcome.Failed.class);
        Store again = pools.open("b");
        Resumable rest = again.driver.resumable(Store.GUEST).orElseThrow();
        assertThat(rest.snapshot()).isEqualTo(snapshot.id());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Increment increment = owner.driver.resume(Store.GUEST, rest).orElseThrow()) {
            increment.writeTo(bytes);
        }
        assertThat(bytes.size()).isLessThan(stream.length / 2);
        assertThat(again.receiveWhole(bytes.toByteArray()).id()).isEqualTo(snapshot.id());
        assertThat(again.driver.resumable(Store.GUEST)).isEmpty();
    }

    @Test
    void aRestNobodyCanSendAnyMoreIsInNobodysWay() throws Exception {
        assumeTrue(can.resumeTokens(), "this ZFS cannot resume: " + can.version());
        Store owner = anOwner();
        Store target = pools.open("b");
        StoredSnapshot first = snapshotWith(owner, "one", 1);
        target.receiveWhole(owner.stream(Optional.empty(), first.id()));
        StoredSnapshot second = snapshotWith(owner, "two", 2);
        byte[] increment = owner.stream(Optional.of(first.id()), second.id());
        target.receive(Arrays.copyOf(increment, increment.length / 2));
        Resumable rest = target.driver.resumable(Store.GUEST).orElseThrow();
        StoredSnapshot third = snapshotWith(owner, "three", 3);
        owner.driver.retain(Store.GUEST, 1, Set.of(first.id()));

        assertThat(owner.driver.resume(Store.GUEST, rest)).isEmpty();
        assertThat(target.receiveWhole(owner.stream(Optional.of(first.id()), third.id())).id()).isEqualTo(third.id());
    }

    @Test
    void anEncryptedVolumeLeavesItsNodeRaw() throws Exception {
        assumeTrue(can.encryption() && can.rawSend(), "this ZFS cannot encrypt: " + can.version());
        Path key = Files.write(folder.resolve("key"), new byte[32]);
        Pools.zfs(
                "create", "-o", "mountpoint=none", "-o", "encryption=on", "-o", "keyformat=raw", "-o",
                "keylocation=file://" + key, pools.pool("a") + "/volumes");
        Store owner = anOwner();
        Store target = pools.open("b");
        StoredSnapshot first = snapshotWith(owner, "one", 1);
        target.receiveWhole(owner.stream(Optional.empty(), first.id()));
        StoredSnapshot second = snapshotWith(owner, "two", 2);
        target.receiveWhole(owner.stream(Optional.of(first.id()), second.id()));

        assertThat(Pools.zfs("get", "-H", "-o", "value", "keystatus", pools.dataset("b", "replica")))
                .containsExactly("unavailable");
        // The key came some other way: it is in no stream.
        Pools.zfs("set", GuestDatasets.KEY_LOCATION + "=file://" + key, pools.pool("b") + "/volumes");
        assertThat(target.promote(2)).isInstanceOf(Promotion.Outcome.Promoted.class);
        assertThat(FileTrees.describe(target.live())).isEqualTo(FileTrees.describe(owner.live()));
    }

    @Test
    void aNodeWithoutTheKeySaysSoAndPromotesOnceItKnowsWhereItIs() throws Exception {
        assumeTrue(can.encryption() && can.rawSend(), "this ZFS cannot encrypt: " + can.version());
        Path key = Files.write(folder.resolve("key"), new byte[32]);
        Pools.zfs(
                "create", "-o", "mountpoint=none", "-o", "encryption=on", "-o", "keyformat=raw", "-o",
                "keylocation=file://" + key, pools.pool("a") + "/volumes");
        Store owner = anOwner();
        Store target = pools.open("b");
        StoredSnapshot snapshot = snapshotWith(owner, "one", 1);
        target.receiveWhole(owner.stream(Optional.empty(), snapshot.id()));

        Promotion.Outcome refused = target.promote(2);
        assertThat(((Promotion.Outcome.Refused) refused).refusal().detail())
                .contains("is encrypted and this node does not know where its key is", "zfs set holdfast:keylocation=");
        Pools.zfs("set", GuestDatasets.KEY_LOCATION + "=file://" + key, pools.dataset("b", ""));
        assertThat(target.promote(3)).isInstanceOf(Promotion.Outcome.Promoted.class);
        assertThat(FileTrees.describe(target.live())).isEqualTo(FileTrees.describe(owner.live()));
    }

    private Store anOwner() throws IOException {
        Store owner = pools.open("a");
        owner.driver.create(Store.GUEST);
        return owner;
    }

    private static StoredSnapshot snapshotWith(Store owner, String file, long sequence) throws IOException {
        byte[] bytes = new byte[2_000_000];
        new Random(file.hashCode()).nextBytes(bytes);
        Files.write(owner.live().resolve(file), bytes);
        return owner.snapshot(1, sequence);
    }
}
