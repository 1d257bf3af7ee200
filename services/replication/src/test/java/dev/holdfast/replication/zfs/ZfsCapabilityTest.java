package dev.holdfast.replication.zfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.replication.volume.FileTrees;
import dev.holdfast.replication.volume.Increment;
import dev.holdfast.replication.volume.ReceiveOutcome;
import dev.holdfast.replication.volume.Resumable;
import dev.holdfast.replication.volume.Store;
import dev.holdfast.replication.volume.StoredSnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What only some ZFS can do; each test is skipped where it cannot. */
class ZfsCapabilityTest {

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
                    new ZfsCapabilities(can.version(), false, false, false, false, false, false, false, false));
        } else {
            assertThat(can).isEqualTo(
                    new ZfsCapabilities(can.version(), true, true, true, true, true, true, true, true));
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
        byte[] bytes = rest(owner, again);
        assertThat(bytes.length).isLessThan(stream.length / 2);
        assertThat(again.receiveWhole(bytes).id()).isEqualTo(snapshot.id());
        assertThat(again.driver.resumable(Store.GUEST)).isEmpty();
    }

    private static byte[] rest(Store owner, Store target) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Resumable rest = target.driver.resumable(Store.GUEST).orElseThrow();
        try (Increment increment = owner.driver.resume(Store.GUEST, rest).orElseThrow()) {
            increment.writeTo(bytes);
        }
        return bytes.toByteArray();
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
    void aTokenWhoseBaseIsGoneAtTheSourceIsAnsweredWithAnotherIncrement() throws Exception {
        assumeTrue(can.resumeTokens(), "this ZFS cannot resume: " + can.version());
        Store owner = anOwner();
        Store target = pools.open("b");
        StoredSnapshot first = snapshotWith(owner, "one", 1);
        StoredSnapshot second = snapshotWith(owner, "two", 2);
        target.receiveWhole(owner.stream(Optional.empty(), first.id()));
        target.receiveWhole(owner.stream(Optional.of(first.id()), second.id()));
        StoredSnapshot third = snapshotWith(owner, "three", 3);
        byte[] increment = owner.stream(Optional.of(second.id()), third.id());
        target.receive(Arrays.copyOf(increment, increment.length / 2));
        Resumable rest = target.driver.resumable(Store.GUEST).orElseThrow();
        Pools.zfs("destroy", pools.dataset("a", "live@hf-1-2"));
        Pools.zfs("destroy", pools.dataset("a", "live#hf-1-2"));

        assertThat(owner.driver.resume(Store.GUEST, rest)).isEmpty();
        Optional<String> common =
                target.driver.newestCommon(Store.GUEST, owner.driver.bases(Store.GUEST, third.id()))
                        .map(StoredSnapshot::id);
        assertThat(common).contains(first.id());
        assertThat(target.receiveWhole(owner.stream(common, third.id())).id()).isEqualTo(third.id());
        assertThat(target.driver.resumable(Store.GUEST)).isEmpty();
    }

    @Test
    void aRestThatZfsRefusesIsThrownAwayAndTheLastReplicaStays() throws Exception {
        assumeTrue(can.resumeTokens(), "this ZFS cannot resume: " + can.version());
        Store owner = anOwner();
        Store target = pools.open("b");
        StoredSnapshot first = snapshotWith(owner, "one", 1);
        target.receiveWhole(owner.stream(Optional.empty(), first.id()));
        StoredSnapshot second = snapshotWith(owner, "two", 2);
        byte[] increment = owner.stream(Optional.of(first.id()), second.id());
        target.receive(Arrays.copyOf(increment, increment.length / 2));
        byte[] rest = rest(owner, target);
        rest[rest.length / 2] ^= 1;

        assertThat(target.receive(rest)).isInstanceOfSatisfying(
                ReceiveOutcome.Failed.class,
                failed -> assertThat(failed.reason()).isEqualTo(ReceiveOutcome.Reason.INVALID));

        assertThat(target.driver.resumable(Store.GUEST)).isEmpty();
        assertThat(target.driver.newest(Store.GUEST).map(StoredSnapshot::id)).contains(first.id());
        assertThat(target.receiveWhole(increment).id()).isEqualTo(second.id());
    }

    @Test
    void blocksAreSentCompressedAndLargeAsTheyLieOnTheDisk() throws Exception {
        assumeTrue(
                can.compressedSend() && can.largeBlocks(),
                "this ZFS sends neither compressed nor large blocks: " + can.version());
        Store owner = anOwner();
        Pools.zfs("set", "recordsize=1M", pools.dataset("a", "live"));
        Pools.zfs("set", "compression=lz4", pools.dataset("a", "live"));
        byte[] repetitive = new byte[8 * 1024 * 1024];
        for (int at = 0; at < repetitive.length; at++) {
            repetitive[at] = (byte) (at / 512);
        }
        Files.write(owner.live().resolve("repetitive"), repetitive);
        StoredSnapshot first = owner.snapshot(1, 1);
        Store target = pools.open("b");

        byte[] stream = owner.stream(Optional.empty(), first.id());
        target.receiveWhole(stream);

        assertThat(stream.length).isLessThan(repetitive.length / 2);
        assertThat(StreamFeatures.of(stream)).contains(StreamFeatures.COMPRESSED, StreamFeatures.LARGE_BLOCKS);
        target.promote(2);
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
