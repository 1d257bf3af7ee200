package dev.holdfast.replication.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.message.Snapshot;
import dev.holdfast.replication.volume.Entry.Directory;
import dev.holdfast.replication.volume.Entry.RegularFile;
import dev.holdfast.replication.volume.Entry.SymbolicLink;
import dev.holdfast.replication.volume.ReceiveOutcome.Failed;
import dev.holdfast.replication.volume.ReceiveOutcome.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileStreamTest {

    @TempDir
    Path folder;

    private Store owner;
    private Store target;
    private StoredSnapshot first;
    private StoredSnapshot second;
    private byte[] increment;

    @BeforeEach
    void aTargetWithOneReplica() throws IOException {
        owner = Store.open(folder.resolve("a"));
        target = Store.open(folder.resolve("b"));
        owner.driver.create(Store.GUEST);
        FileTrees trees = new FileTrees(owner.live(), 5);
        trees.change(10);
        first = owner.snapshot(1, 1);
        target.receiveWhole(owner.stream(Optional.empty(), first.id()));
        trees.change(10);
        second = owner.snapshot(1, 2);
        increment = owner.stream(Optional.of(first.id()), second.id());
    }

    @Test
    void aStreamCutAtAnyByteLeavesTheLastReplicaPromotable() throws Exception {
        Random random = new Random(99);
        for (int cut = 0; cut < 50; cut++) {
            int at = cut == 0 ? increment.length - 1 : random.nextInt(increment.length);
            assertThat(target.receive(Arrays.copyOf(increment, at)))
                    .isInstanceOfSatisfying(
                            Failed.class, failed -> assertThat(failed.reason()).isEqualTo(Reason.CUT));
            assertThat(target.driver.newest(Store.GUEST)).contains(first);
            assertThat(target.guestFolder().resolve("partial")).isEmptyDirectory();
        }
        assertThat(target.promote(2))
                .isInstanceOfSatisfying(
                        Promotion.Outcome.Promoted.class,
                        promoted -> assertThat(promoted.snapshot()).isEqualTo(first));
        assertThat(target.receiveWhole(increment)).isEqualTo(second);
    }

    @Test
    void oneFlippedBitAnywhereIsNoticed() {
        Random random = new Random(3);
        for (int i = 0; i < 50; i++) {
            byte[] damaged = increment.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            assertThat(target.receive(damaged)).isInstanceOf(Failed.class);
        }
    }

    @Test
    void bytesAfterTheLastBlockAreNotAccepted() {
        assertThat(target.receive(Arrays.copyOf(increment, increment.length + 1)))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.reason()).isEqualTo(Reason.INVALID));
    }

    @Test
    void anIncrementWithoutItsBaseIsRefused() throws Exception {
        Store empty = Store.open(folder.resolve("c"));
        assertThat(empty.receive(increment))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.reason()).isEqualTo(Reason.NO_BASE));
    }

    @Test
    void aStreamOfAnotherGuestIsRefused() {
        assertThat(target.driver.receive("other", new java.io.ByteArrayInputStream(increment)))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.reason()).isEqualTo(Reason.INVALID));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"..", "../x", "/etc/x", "a/../x", "./x", "a//x", "x/", "link/x", "file/x", "nowhere/x", "a\0b", ""})
    void aPathThatLeavesTheVolumeIsRefusedBeforeAnythingIsWritten(String path) throws Exception {
        List<Entry> entries = new ArrayList<>(List.of(
                new Directory("", 0755, 0),
                new Directory("a", 0755, 0),
                new SymbolicLink("link", "/tmp"),
                new RegularFile("file", 0644, 0, 0, new BlockHashes(new byte[0])),
                new RegularFile(path, 0644, 0, 0, new BlockHashes(new byte[0]))));
        assertThat(target.receive(stream(entries)))
                .isInstanceOfSatisfying(Failed.class, failed -> {
                    assertThat(failed.reason()).isEqualTo(Reason.INVALID);
                    assertThat(failed.detail()).startsWith("path '");
                });
        assertThat(Files.exists(target.guestFolder().resolve("x"))).isFalse();
    }

    @Test
    void aManifestThatDoesNotBeginWithTheVolumeIsRefused() throws Exception {
        assertThat(target.receive(stream(List.of(new Directory("a", 0755, 0))))).isInstanceOf(Failed.class);
    }

    @Test
    void aSizeCannotAskForMoreMemoryThanWasSent() {
        List<Entry> entries = List.of(
                new Directory("", 0755, 0),
                new RegularFile("big", 0644, 0, Long.MAX_VALUE, new BlockHashes(new byte[0])));
        assertThatThrownBy(() -> ManifestFormat.decode(ManifestFormat.encode(manifest(entries))))
                .isInstanceOf(InvalidManifest.class)
                .hasMessageContaining("without hashes");
    }

    private static Manifest manifest(List<Entry> entries) {
        String id = SnapshotName.derive(Store.GUEST, 1, 9, entries);
        return new Manifest(Store.GUEST, new Snapshot(id, 1, 9, Duration.ZERO, "a", Store.LIFE), entries);
    }

    private static byte[] stream(List<Entry> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        IncrementFormat.writeHead(bytes, Optional.empty(), ManifestFormat.encode(manifest(entries)));
        return bytes.toByteArray();
    }
}
