package dev.holdfast.replication.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.replication.volume.ReceiveOutcome.Failed;
import dev.holdfast.replication.volume.Steps.Step;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FullDiskTest {

    @TempDir
    Path folder;

    private Store owner;
    private StoredSnapshot first;
    private StoredSnapshot second;
    private Map<String, String> firstContent;
    private byte[] full;
    private byte[] increment;

    @BeforeEach
    void anOwnerWithTwoSnapshots() throws IOException {
        owner = Store.open(folder.resolve("a"));
        owner.driver.create(Store.GUEST);
        write("database", 2_000_000, 1);
        first = owner.snapshot(1, 1);
        firstContent = FileTrees.describe(owner.live());
        write("more", 3_000_000, 2);
        second = owner.snapshot(1, 2);
        full = owner.stream(Optional.empty(), first.id());
        increment = owner.stream(Optional.of(first.id()), second.id());
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"RECEIVE_STARTED", "MANIFEST_READ", "PART_WRITTEN", "TREE_WRITTEN", "TREE_SYNCED",
                "MANIFEST_SYNCED"})
    void aReceiveThatFindsNoRoomAtAnyStepLeavesTheLastCompleteReplicaPromotable(Step step) throws Exception {
        AtomicReference<Step> fullAt = new AtomicReference<>();
        Store target = Store.open(folder.resolve("b"), reached -> {
            if (reached == fullAt.get()) {
                throw new FileSystemException("part", null, "No space left on device");
            }
        });
        target.receiveWhole(full);
        fullAt.set(step);

        assertThat(target.receive(increment)).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(ReceiveOutcome.Reason.NO_SPACE);
            assertThat(failed.detail()).contains("part", "No space left");
        });
        assertPromotable(target);
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"GUEST_PAUSED", "GUEST_RESUMED", "PART_WRITTEN", "TREE_WRITTEN", "TREE_SYNCED", "MANIFEST_SYNCED"})
    void aSnapshotThatFindsNoRoomAtAnyStepIsDropped(Step step) throws Exception {
        Store again = Store.open(owner.folder, reached -> {
            if (reached == step) {
                throw new FileSystemException("part", null, "No space left on device");
            }
        });
        write("even-more", 1_000_000, 3);

        assertThat(again.trySnapshot(1, 3))
                .isInstanceOfSatisfying(
                        SnapshotOutcome.Dropped.class,
                        dropped -> assertThat(dropped.reason()).isEqualTo(SnapshotOutcome.Reason.NO_SPACE));
        assertThat(again.driver.snapshots(Store.GUEST)).containsExactly(first, second);
        assertThat(again.guestFolder().resolve("partial")).isEmptyDirectory();
    }

    @Test
    void aReallyFullFileSystemLeavesTheLastCompleteReplicaPromotable() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(Files.createDirectory(folder.resolve("disk")), "8m")) {
            Store target = Store.open(disk.folder().resolve("b"));
            target.receiveWhole(full);
            Path ballast = fill(disk.folder().resolve("ballast"), 1_000_000);

            assertThat(target.receive(increment))
                    .isInstanceOfSatisfying(
                            Failed.class,
                            failed -> assertThat(failed.reason()).isEqualTo(ReceiveOutcome.Reason.NO_SPACE));
            assertThat(target.driver.newest(Store.GUEST)).contains(first);
            Promotion.Outcome noRoom = target.promote(2);
            assertThat(((Promotion.Outcome.Refused) noRoom).refusal().reason())
                    .isEqualTo(VolumeRefusal.Reason.NO_SPACE);

            Files.delete(ballast);
            assertPromotable(target);
        }
    }

    /** Fills the disk while the increment is written, so that the write itself fails and no look ahead helps. */
    @Test
    void aFileSystemThatFillsUpDuringAReceiveLeavesTheLastCompleteReplicaPromotable() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(Files.createDirectory(folder.resolve("disk")), "8m")) {
            AtomicReference<Path> ballast = new AtomicReference<>();
            Store target = Store.open(disk.folder().resolve("b"), step -> {
                if (step == Step.MANIFEST_READ && ballast.get() != null) {
                    fill(ballast.get(), 1_000_000);
                }
            });
            target.receiveWhole(full);
            ballast.set(disk.folder().resolve("ballast"));

            assertThat(target.receive(increment))
                    .isInstanceOfSatisfying(
                            Failed.class,
                            failed -> assertThat(failed.reason()).isEqualTo(ReceiveOutcome.Reason.NO_SPACE));

            Files.delete(ballast.getAndSet(null));
            assertPromotable(target);
        }
    }

    private void assertPromotable(Store target) throws IOException {
        assertThat(target.driver.newest(Store.GUEST)).contains(first);
        assertThat(target.guestFolder().resolve("partial")).isEmptyDirectory();
        assertThat(target.promote(9)).isInstanceOf(Promotion.Outcome.Promoted.class);
        assertThat(FileTrees.describe(target.live())).isEqualTo(firstContent);
    }

    private void write(String name, int size, long seed) throws IOException {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        Files.write(owner.live().resolve(name), bytes);
    }

    private static Path fill(Path file, long leave) throws IOException {
        byte[] chunk = new byte[64 * 1024];
        try (OutputStream out = Files.newOutputStream(file)) {
            while (Files.getFileStore(file.getParent()).getUsableSpace() > leave) {
                out.write(chunk);
            }
        }
        return file;
    }

    /** A file system of a few megabytes; needs the right to mount. */
    private record SmallDisk(Path folder) implements AutoCloseable {

        static SmallDisk mount(Path folder, String size) throws Exception {
            Process mount = new ProcessBuilder(
                            "mount", "-t", "tmpfs", "-o", "size=" + size, "holdfast-test", folder.toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(mount.getInputStream().readAllBytes());
            assumeTrue(mount.waitFor() == 0, "a small file system cannot be mounted here: " + said);
            return new SmallDisk(folder);
        }

        @Override
        public void close() throws IOException {
            new ProcessBuilder("umount", folder.toString()).inheritIO().start().onExit().join();
        }
    }
}
