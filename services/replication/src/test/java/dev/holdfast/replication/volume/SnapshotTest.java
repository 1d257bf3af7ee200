package dev.holdfast.replication.volume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.replication.volume.SnapshotOutcome.Dropped;
import dev.holdfast.replication.volume.SnapshotOutcome.Reason;
import dev.holdfast.replication.volume.SnapshotOutcome.Taken;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotTest {

    @TempDir
    Path folder;

    private Store store;

    @BeforeEach
    void anEmptyVolume() throws IOException {
        store = Store.open(folder.resolve("a"));
        store.driver.create(Store.GUEST);
    }

    @Test
    void theGuestIsLetGoExactlyOnceWhateverHappens() throws Exception {
        write("file", 10);
        List<String> calls = new ArrayList<>();
        Pause pause = atMost -> {
            calls.add("hold");
            return () -> calls.add("release");
        };
        store.driver.snapshot(store.request(1, 1, pause));
        Store failing = Store.open(folder.resolve("a"), step -> {
            if (step == Steps.Step.GUEST_PAUSED) {
                throw new IOException("disk gone");
            }
        });
        SnapshotOutcome failed = failing.driver.snapshot(failing.request(1, 2, pause));

        assertThat(calls).containsExactly("hold", "release", "hold", "release");
        assertThat(failed).isInstanceOfSatisfying(Dropped.class, dropped -> {
            assertThat(dropped.reason()).isEqualTo(Reason.IO);
            assertThat(dropped.detail()).contains("disk gone");
        });
    }

    @Test
    void aPauseThatWouldBeTooLongDropsTheSnapshotAndLetsTheGuestGo() throws Exception {
        write("file", 10);
        StoredSnapshot earlier = store.snapshot(1, 1);
        List<String> released = new ArrayList<>();
        Pause slow = atMost -> {
            sleep(atMost.plusMillis(20));
            return () -> released.add("released");
        };
        write("file", 20);
        SnapshotOutcome outcome = store.driver.snapshot(withLimit(store.request(1, 2, slow), Duration.ofMillis(5)));

        assertThat(outcome).isInstanceOfSatisfying(Dropped.class, dropped -> {
            assertThat(dropped.reason()).isEqualTo(Reason.PAUSE_TOO_LONG);
            assertThat(dropped.pause()).isGreaterThanOrEqualTo(Duration.ofMillis(5));
        });
        assertThat(released).hasSize(1);
        assertThat(store.driver.snapshots(Store.GUEST)).containsExactly(earlier);
    }

    @Test
    void aSnapshotDuringWhichTheGuestRanAgainIsWorthNothing() throws Exception {
        write("file", 10);
        SnapshotOutcome outcome = store.driver.snapshot(store.request(1, 1, atMost -> () -> false));

        assertThat(outcome).isInstanceOfSatisfying(
                Dropped.class, dropped -> assertThat(dropped.reason()).isEqualTo(Reason.PAUSE_BROKEN));
        assertThat(store.driver.snapshots(Store.GUEST)).isEmpty();
    }

    @Test
    void aGuestThatCannotBePausedGivesNoSnapshot() {
        Pause refusing = atMost -> {
            throw new IOException("no such guest");
        };
        assertThat(store.driver.snapshot(store.request(1, 1, refusing)))
                .isInstanceOfSatisfying(Dropped.class, dropped -> {
                    assertThat(dropped.reason()).isEqualTo(Reason.CANNOT_PAUSE);
                    assertThat(dropped.detail()).contains("no such guest");
                });
    }

    @Test
    void epochAndSequenceOnlyRise() throws Exception {
        store.snapshot(2, 5);
        for (long[] older : new long[][] {{2, 5}, {2, 4}, {1, 9}}) {
            assertThat(store.trySnapshot(older[0], older[1]))
                    .isInstanceOfSatisfying(
                            Dropped.class, dropped -> assertThat(dropped.reason()).isEqualTo(Reason.NOT_NEWER));
        }
        assertThat(store.trySnapshot(3, 1)).isInstanceOf(Taken.class);
    }

    @Test
    void aVolumeThatIsNotThereIsAValue() {
        SnapshotRequest request = new SnapshotRequest(
                "other", 1, 1, "a", Store.LIFE, () -> Duration.ZERO, Pause.NOT_RUNNING, Duration.ofSeconds(1));
        assertThat(store.driver.snapshot(request))
                .isInstanceOfSatisfying(
                        Dropped.class, dropped -> assertThat(dropped.reason()).isEqualTo(Reason.NO_VOLUME));
    }

    @Test
    void takenAtIsReadBeforeTheGuestStandsStill() throws Exception {
        List<String> order = new ArrayList<>();
        SnapshotRequest request = new SnapshotRequest(
                Store.GUEST,
                1,
                1,
                "a",
                Store.LIFE,
                () -> {
                    order.add("clock");
                    return Duration.ofSeconds(7);
                },
                atMost -> {
                    order.add("hold");
                    return () -> true;
                },
                Duration.ofSeconds(30));
        SnapshotOutcome outcome = store.driver.snapshot(request);

        assertThat(order).containsExactly("clock", "hold");
        assertThat(((Taken) outcome).snapshot().snapshot().takenAt()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void whatTheGuestWroteLastBeforeThePauseIsInIt() throws Exception {
        Path file = write("file", 3_000_000);
        Random random = new Random(7);
        for (int sequence = 1; sequence <= 10; sequence++) {
            Pause writingUntilPaused = atMost -> {
                overwrite(file, random.nextInt(3_000_000 - 100), new byte[] {1, 2, 3, (byte) random.nextInt()});
                return () -> true;
            };
            StoredSnapshot taken =
                    ((Taken) store.driver.snapshot(store.request(1, sequence, writingUntilPaused))).snapshot();

            Store copy = Store.open(folder.resolve("copy-" + sequence));
            copy.receiveWhole(store.stream(Optional.empty(), taken.id()));
            copy.promote(1);
            assertThat(FileTrees.describe(copy.live())).isEqualTo(FileTrees.describe(store.live()));
        }
    }

    @Test
    void aChangeWithinTheSameTickAndWithTheOldTimestampIsSeen() throws Exception {
        Path file = write("file", 100);
        FileTime time = Files.getLastModifiedTime(file);
        store.snapshot(1, 1);
        overwrite(file, 50, new byte[] {42});
        Files.setLastModifiedTime(file, time);

        assertThat(((Taken) store.trySnapshot(1, 2)).changedBytes()).hasValue(100);
    }

    @Test
    void aChangeThroughAMemoryMapThatWasDirtyAlreadyIsSeen() throws Exception {
        Path file = write("file", 200_000);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer map = channel.map(FileChannel.MapMode.READ_WRITE, 0, 200_000);
            map.put(0, (byte) 1);
            for (int sequence = 1; sequence <= 5; sequence++) {
                byte value = (byte) (10 + sequence);
                store.driver.snapshot(store.request(1, sequence, atMost -> {
                    map.put(100, value);
                    return () -> true;
                }));
                sleep(Duration.ofMillis(150));
                map.put(100, (byte) (50 + sequence));
            }
        }
        StoredSnapshot last = store.snapshot(1, 6);
        Store copy = Store.open(folder.resolve("copy"));
        copy.receiveWhole(store.stream(Optional.empty(), last.id()));
        copy.promote(1);
        assertThat(FileTrees.describe(copy.live())).isEqualTo(FileTrees.describe(store.live()));
    }

    @Test
    void unchangedPartsAreSharedWithTheSnapshotBefore() throws Exception {
        Path file = write("database", 40 * Blocks.PART);
        long full = stored();
        store.snapshot(1, 1);
        overwrite(file, 5L * Blocks.PART + 17, new byte[] {42});
        SnapshotOutcome second = store.trySnapshot(1, 2);

        assertThat(full).isZero();
        assertThat(((Taken) second).changedBytes()).hasValue(Blocks.BLOCK);
        assertThat(stored()).isBetween(41L * Blocks.PART, 41L * Blocks.PART + 64 * 1024);
    }

    @Test
    void noStoredFileIsALinkToAFileTheGuestWritesTo() throws Exception {
        Path file = write("file", 1000);
        store.snapshot(1, 1);
        store.snapshot(1, 2);
        assertThat(Files.getAttribute(file, "unix:nlink")).isEqualTo(1);

        store.promote(2);
        assertThat(Files.getAttribute(file, "unix:nlink")).isEqualTo(1);
    }

    @Test
    void aFileThatIsRenamedIsNotCopiedAgain() throws Exception {
        Path file = write("old", 20 * Blocks.PART);
        store.snapshot(1, 1);
        Files.move(file, store.live().resolve("new"));

        assertThat(((Taken) store.trySnapshot(1, 2)).changedBytes()).hasValue(0);
    }

    @Test
    void aLargeFirstSnapshotIsDraftedBeforeThePause() throws Exception {
        write("database", 64 * 1024 * 1024);
        StoredSnapshot taken = store.snapshot(1, 1);

        assertThat(taken.bytes()).isEqualTo(64 * 1024 * 1024);
        assertThat(store.guestFolder().resolve("partial")).isEmptyDirectory();
    }

    @Test
    void pipesAreLeftOut() throws Exception {
        write("file", 10);
        new ProcessBuilder("mkfifo", store.live().resolve("pipe").toString()).inheritIO().start().waitFor();

        assertThat(store.snapshot(1, 1).files()).hasValue(1);
    }

    @Test
    void aDamagedSnapshotIsNeitherListedNorPromotedAndIsNamed() throws Exception {
        write("file", 10);
        StoredSnapshot good = store.snapshot(1, 1);
        write("file", 20);
        StoredSnapshot damaged = store.snapshot(1, 2);
        overwrite(store.guestFolder().resolve("snapshots/" + damaged.id() + "/manifest"), 60, new byte[] {1});
        Store again = Store.open(folder.resolve("a"));

        assertThat(again.driver.snapshots(Store.GUEST)).containsExactly(good);
        assertThat(again.driver.usage(Store.GUEST).damaged()).containsExactly(damaged.id());
    }

    @Test
    void leftoversOfAnEarlierProcessAreRemovedAtStart() throws Exception {
        Path leftover = Files.createDirectories(store.guestFolder().resolve("partial/receive/tree"));
        Files.write(leftover.resolve("part"), new byte[10]);
        Store.open(folder.resolve("a"));

        assertThat(store.guestFolder().resolve("partial")).doesNotExist();
    }

    @Test
    void retentionKeepsTheNewestTheCommonOnesAndThoseInUse() throws Exception {
        List<String> ids = new ArrayList<>();
        for (int sequence = 1; sequence <= 6; sequence++) {
            write("file", sequence);
            ids.add(store.snapshot(1, sequence).id());
        }
        store.driver.noteCommon(Store.GUEST, "b", ids.get(0));
        try (Increment open = store.driver.increment(Store.GUEST, Optional.empty(), ids.get(1))) {
            assertThat(store.driver.retain(Store.GUEST, 1, java.util.Set.of(ids.get(2))))
                    .containsExactly(ids.get(3), ids.get(4));
            assertThat(open.snapshot().id()).isEqualTo(ids.get(1));
        }
        assertThat(store.driver.retain(Store.GUEST, 1, java.util.Set.of())).containsExactly(ids.get(1), ids.get(2));
        assertThat(store.driver.snapshots(Store.GUEST))
                .extracting(StoredSnapshot::id)
                .containsExactly(ids.get(0), ids.get(5));
    }

    @Test
    void equalContentUnderEqualEpochAndSequenceHasTheSameIdOnEveryNode() throws Exception {
        StoredSnapshot here = store.snapshot(1, 1);
        Store other = Store.open(folder.resolve("b"));
        other.driver.create(Store.GUEST);
        Map<String, String> same = FileTrees.describe(store.live());
        Files.setLastModifiedTime(other.live(), Files.getLastModifiedTime(store.live()));
        assertThat(FileTrees.describe(other.live())).isEqualTo(same);

        assertThat(other.snapshot(1, 1).id()).isEqualTo(here.id());
    }

    private long stored() throws IOException {
        return store.driver.usage(Store.GUEST).storedBytes();
    }

    private Path write(String name, int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return Files.write(store.live().resolve(name), bytes);
    }

    private static void overwrite(Path file, long at, byte[] bytes) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(at);
            open.write(bytes);
        }
    }

    private static SnapshotRequest withLimit(SnapshotRequest request, Duration limit) {
        return new SnapshotRequest(
                request.guest(),
                request.epoch(),
                request.sequence(),
                request.owner(),
                request.ownerIncarnation(),
                request.witnessClock(),
                request.pause(),
                limit);
    }

    private static void sleep(Duration duration) throws IOException {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
