package dev.holdfast.replication.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.message.Snapshot;
import dev.holdfast.core.volume.ReplicaFloor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every kind of storage has to keep, however it does it. */
public abstract class VolumeContract {

    @TempDir
    protected Path folder;

    protected Store owner;
    protected Store target;

    /** Opens the storage of a node; again with the same name, as after a restart. */
    protected abstract Store open(String node) throws IOException;

    @BeforeEach
    void anOwnerWithAnEmptyVolumeAndATarget() throws IOException {
        owner = open("a");
        target = open("b");
        owner.driver.create(Store.GUEST);
    }

    @Test
    void aVolumeIsWhatItWasAfterManyIncrementsAndAPromotion() throws Exception {
        FileTrees trees = new FileTrees(owner.live(), 7);
        Optional<String> base = Optional.empty();
        for (int sequence = 1; sequence <= 4; sequence++) {
            trees.change(sequence == 1 ? 40 : 10);
            StoredSnapshot taken = owner.snapshot(1, sequence);
            assertThat(target.receiveWhole(owner.stream(base, taken.id())).snapshot()).isEqualTo(taken.snapshot());
            base = Optional.of(taken.id());
            owner.driver.retain(Store.GUEST, 2, Set.of());
            target.driver.retain(Store.GUEST, 2, Set.of());
        }

        assertThat(target.promote(2)).isInstanceOf(Promotion.Outcome.Promoted.class);

        assertThat(content(target)).isEqualTo(content(owner));
        assertThat(ids(target.driver.replicas(Store.GUEST))).hasSize(2).contains(base.get());
        assertThat(target.driver.snapshots(Store.GUEST)).isEmpty();
    }

    @Test
    void aSnapshotIsTheSameForWhoeverHoldsItAndAfterARestart() throws Exception {
        write(owner, "file", 1000);
        StoredSnapshot taken = owner.snapshot(3, 2);
        target.receiveWhole(owner.stream(Optional.empty(), taken.id()));

        for (Store holder : List.of(open("a"), open("b"))) {
            assertThat(holder.driver.find(Store.GUEST, taken.id()).map(StoredSnapshot::snapshot))
                    .contains(new Snapshot(taken.id(), 3, 2, Duration.ofSeconds(2), "a", Store.LIFE));
            assertThat(holder.driver.newest(Store.GUEST).map(StoredSnapshot::id)).contains(taken.id());
        }
        assertThat(open("a").driver.guests()).containsExactly(Store.GUEST);
    }

    @Test
    void whatIsNotNewerThanTheNewestIsDropped() throws Exception {
        owner.snapshot(2, 5);

        for (SnapshotOutcome outcome : List.of(owner.trySnapshot(2, 5), owner.trySnapshot(1, 9))) {
            assertThat(outcome).isInstanceOfSatisfying(
                    SnapshotOutcome.Dropped.class,
                    dropped -> assertThat(dropped.reason()).isEqualTo(SnapshotOutcome.Reason.NOT_NEWER));
        }
        assertThat(owner.driver.snapshots(Store.GUEST)).hasSize(1);
    }

    @Test
    void aGuestThatDidNotStandStillLeavesNoSnapshotAndIsLetGo() throws Exception {
        write(owner, "file", 10);
        List<String> calls = new ArrayList<>();
        Pause broken = atMost -> {
            calls.add("hold");
            return () -> !calls.add("release");
        };

        SnapshotOutcome outcome = owner.driver.snapshot(owner.request(1, 1, broken));

        assertThat(outcome).isInstanceOfSatisfying(
                SnapshotOutcome.Dropped.class,
                dropped -> assertThat(dropped.reason()).isEqualTo(SnapshotOutcome.Reason.PAUSE_BROKEN));
        assertThat(calls).containsExactly("hold", "release");
        assertThat(owner.driver.snapshots(Store.GUEST)).isEmpty();
        assertThat(owner.snapshot(1, 1).snapshot().sequence()).isEqualTo(1);
    }

    @Test
    void aGuestWithoutAVolumeIsSaidToHaveNone() {
        assertThat(target.trySnapshot(1, 1)).isInstanceOfSatisfying(
                SnapshotOutcome.Dropped.class,
                dropped -> assertThat(dropped.reason()).isEqualTo(SnapshotOutcome.Reason.NO_VOLUME));
    }

    @Test
    void anIncrementOnABaseThatIsNotHereIsRefusedAndChangesNothing() throws Exception {
        StoredSnapshot first = snapshotWith("one", 1);
        StoredSnapshot second = snapshotWith("two", 2);
        byte[] increment = owner.stream(Optional.of(first.id()), second.id());

        assertThat(failure(target.receive(increment))).isEqualTo(ReceiveOutcome.Reason.NO_BASE);
        assertThat(target.driver.newest(Store.GUEST)).isEmpty();
        target.receiveWhole(owner.stream(Optional.empty(), first.id()));
        assertThat(target.receiveWhole(increment).id()).isEqualTo(second.id());
    }

    @Test
    void aSnapshotThatIsHereAlreadyIsNotReceivedAgain() throws Exception {
        StoredSnapshot first = snapshotWith("one", 1);
        byte[] full = owner.stream(Optional.empty(), first.id());
        target.receiveWhole(full);

        assertThat(target.receive(full)).isInstanceOfSatisfying(
                ReceiveOutcome.Stored.class, stored -> assertThat(stored.bytes()).isZero());
        assertThat(target.driver.replicas(Store.GUEST)).hasSize(1);
    }

    @Test
    void garbageIsNoIncrement() throws Exception {
        byte[] full = owner.stream(Optional.empty(), snapshotWith("one", 1).id());
        full[2] ^= 1;

        assertThat(failure(target.receive(full))).isEqualTo(ReceiveOutcome.Reason.INVALID);
        assertThat(failure(target.receive("not at all an increment, whatever it is".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(ReceiveOutcome.Reason.INVALID);
        assertThat(target.driver.newest(Store.GUEST)).isEmpty();
    }

    /** The promise of all transfers: however a stream ends, the target has what it had, and the same base will do. */
    @Test
    void aStreamCutAnywhereLeavesTheLastCompleteReplicaAndTheNextTrySucceeds() throws Exception {
        StoredSnapshot first = snapshotWith("one", 1);
        Map<String, String> before = content(owner);
        target.receiveWhole(owner.stream(Optional.empty(), first.id()));
        write(owner, "two", 300_000);
        StoredSnapshot second = owner.snapshot(1, 2);
        byte[] increment = owner.stream(Optional.of(first.id()), second.id());
        Random random = new Random(50);
        for (int cut = 0; cut < cuts(); cut++) {
            int length = cut < 4 ? increment.length - 1 - cut : random.nextInt(increment.length);

            assertThat(target.receive(Arrays.copyOf(increment, length)))
                    .as("cut after " + length + " of " + increment.length)
                    .isInstanceOf(ReceiveOutcome.Failed.class);
            assertThat(target.driver.newest(Store.GUEST).map(StoredSnapshot::id)).contains(first.id());
        }
        target = open("b");
        assertThat(target.driver.newestCommon(Store.GUEST, List.of(first.id(), second.id())).map(StoredSnapshot::id))
                .contains(first.id());
        assertThat(target.receiveWhole(increment).id()).isEqualTo(second.id());
        target.promote(2);
        assertThat(content(target)).isEqualTo(content(owner)).isNotEqualTo(before);
    }

    /** How many points a stream is cut at. */
    protected int cuts() {
        return 50;
    }

    @Test
    void aFullCopyCutAnywhereLeavesNothingThatCouldBePromoted() throws Exception {
        StoredSnapshot first = snapshotWith("one", 1);
        byte[] full = owner.stream(Optional.empty(), first.id());
        Random random = new Random(10);
        for (int cut = 0; cut < 10; cut++) {
            int length = cut == 0 ? full.length - 1 : random.nextInt(full.length);
            assertThat(target.receive(Arrays.copyOf(full, length))).isInstanceOf(ReceiveOutcome.Failed.class);
            assertThat(target.driver.newest(Store.GUEST)).isEmpty();
        }
        assertThat(target.receiveWhole(full).id()).isEqualTo(first.id());
    }

    @Test
    void aFullCopyBesideAnOlderReplicaTakesNothingAwayUntilItIsComplete() throws Exception {
        StoredSnapshot first = snapshotWith("one", 1);
        target.receiveWhole(owner.stream(Optional.empty(), first.id()));
        StoredSnapshot second = snapshotWith("two", 2);
        byte[] full = owner.stream(Optional.empty(), second.id());

        target.receive(Arrays.copyOf(full, full.length / 2));
        assertThat(target.driver.newest(Store.GUEST).map(StoredSnapshot::id)).contains(first.id());

        target.receiveWhole(full);
        assertThat(ids(target.driver.replicas(Store.GUEST))).containsExactly(first.id(), second.id());
        target.promote(2);
        assertThat(content(target)).isEqualTo(content(owner));
    }

    @Test
    void afterAFailoverTheWayBackIsAnIncrementAndWhatDivergedIsKept() throws Exception {
        write(owner, "database", 2_000_000);
        StoredSnapshot common = owner.snapshot(1, 1);
        byte[] full = owner.stream(Optional.empty(), common.id());
        target.receiveWhole(full);
        // The old owner goes on, unseen, and even takes a snapshot that reaches nobody.
        write(owner, "never-left", 50_000);
        owner.snapshot(1, 2);
        write(owner, "never-left-either", 60_000);
        Map<String, String> diverged = content(owner);
        target.promote(2);
        write(target, "since", 20_000);
        StoredSnapshot next = target.snapshot(2, 1);

        Supersession.Outcome outcome = owner.supersession(Steps.NONE)
                .run(new Supersession.Command(Store.GUEST, 2, Store.LIFE, common.id()));
        List<String> bases = target.driver.bases(Store.GUEST, next.id());
        Optional<String> base = owner.driver.newestCommon(Store.GUEST, bases).map(StoredSnapshot::id);
        byte[] back = target.stream(base, next.id());
        owner.receiveWhole(back);

        Aside aside = ((Supersession.Outcome.Done) outcome).aside().orElseThrow();
        assertThat(aside.name()).isEqualTo("2-superseded");
        assertThat(aside.since()).contains(Duration.ofSeconds(1));
        assertThat(aside.divergentBytes()).isBetween(110_000L, 1_000_000L);
        assertThat(base).contains(common.id());
        assertThat(back.length).isLessThan(full.length / 4);
        assertThat(FileTrees.describe(asidePath(owner, aside.name()))).isEqualTo(diverged);

        assertThat(owner.promote(3)).isInstanceOf(Promotion.Outcome.Promoted.class);
        assertThat(content(owner)).isEqualTo(content(target));
        assertThat(FileTrees.describe(asidePath(owner, aside.name()))).isEqualTo(diverged);
        owner = open("a");
        assertThat(owner.driver.asides(Store.GUEST)).contains(aside);
        owner.driver.deleteAside(Store.GUEST, aside.name());
        assertThat(owner.driver.asides(Store.GUEST)).isEmpty();
        assertThat(owner.driver.find(Store.GUEST, common.id())).isPresent();
        assertThat(content(owner)).isEqualTo(content(target));
    }

    /** Where a person finds what was set aside. */
    protected Path asidePath(Store store, String name) {
        return store.live().resolveSibling("aside").resolve(name);
    }

    @Test
    void aReturnedLiveThatHoldsNothingOfItsOwnIsNoBranch() throws Exception {
        StoredSnapshot common = snapshotWith("one", 1);
        target.receiveWhole(owner.stream(Optional.empty(), common.id()));
        target.promote(2);
        write(target, "since", 1000);
        StoredSnapshot next = target.snapshot(2, 1);

        assertThat(owner.supersession(Steps.NONE)
                        .run(new Supersession.Command(Store.GUEST, 2, Store.LIFE, common.id())))
                .isEqualTo(new Supersession.Outcome.Done(Optional.empty()));
        assertThat(owner.driver.hasLive(Store.GUEST)).isFalse();
        assertThat(owner.driver.asides(Store.GUEST)).isEmpty();
        owner.receiveWhole(target.stream(Optional.of(common.id()), next.id()));
        owner.promote(3);
        assertThat(content(owner)).isEqualTo(content(target));
    }

    @Test
    void anOlderOwnersSnapshotIsKeptWhenTheNewOwnerGoesOnFromAnEarlierOne() throws Exception {
        Store third = open("c");
        StoredSnapshot first = snapshotWith("one", 1);
        StoredSnapshot second = snapshotWith("two", 2);
        byte[] full = owner.stream(Optional.empty(), first.id());
        target.receiveWhole(full);
        third.receiveWhole(full);
        third.receiveWhole(owner.stream(Optional.of(first.id()), second.id()));
        target.promote(2);
        write(target, "three", 3000);
        StoredSnapshot next = target.snapshot(2, 1);

        List<String> bases = target.driver.bases(Store.GUEST, next.id());
        Optional<String> base = third.driver.newestCommon(Store.GUEST, bases).map(StoredSnapshot::id);
        third.receiveWhole(target.stream(base, next.id()));

        assertThat(base).contains(first.id());
        assertThat(ids(third.driver.replicas(Store.GUEST))).containsExactly(first.id(), second.id(), next.id());
        third.promote(3);
        assertThat(content(third)).isEqualTo(content(target));
    }

    @Test
    void twoTargetsWithDifferentBasesAreServedEachFromItsOwn() throws Exception {
        Store third = open("c");
        StoredSnapshot first = snapshotWith("one", 1);
        target.receiveWhole(owner.stream(Optional.empty(), first.id()));
        owner.driver.noteCommon(Store.GUEST, "b", first.id());
        StoredSnapshot second = snapshotWith("two", 2);
        third.receiveWhole(owner.stream(Optional.empty(), second.id()));
        owner.driver.noteCommon(Store.GUEST, "c", second.id());
        snapshotWith("three", 3);
        StoredSnapshot fourth = snapshotWith("four", 4);

        assertThat(owner.driver.retain(Store.GUEST, 1, Set.of())).hasSize(1);
        target.receiveWhole(owner.stream(Optional.of(first.id()), fourth.id()));
        third.receiveWhole(owner.stream(Optional.of(second.id()), fourth.id()));
        owner.driver.noteCommon(Store.GUEST, "b", fourth.id());
        owner.driver.noteCommon(Store.GUEST, "c", fourth.id());
        assertThat(owner.driver.retain(Store.GUEST, 1, Set.of())).containsExactly(first.id(), second.id());

        for (Store each : List.of(target, third)) {
            each.promote(2);
            assertThat(content(each)).isEqualTo(content(owner));
        }
    }

    @Test
    void whatIsSentIsNotDeletedMeanwhile() throws Exception {
        StoredSnapshot first = snapshotWith("one", 1);
        StoredSnapshot second = snapshotWith("two", 2);
        snapshotWith("three", 3);
        try (Increment increment = owner.driver.increment(Store.GUEST, Optional.empty(), second.id())) {
            assertThat(owner.driver.retain(Store.GUEST, 1, Set.of())).containsExactly(first.id());
            assertThat(increment.snapshot().id()).isEqualTo(second.id());
        }
        assertThat(owner.driver.retain(Store.GUEST, 1, Set.of())).containsExactly(second.id());
    }

    @Test
    void anOwnerOfALowerEpochIsShutOutByThePromotion() throws Exception {
        target.receiveWhole(owner.stream(Optional.empty(), snapshotWith("one", 1).id()));
        target.promote(4);

        assertThat(target.floors.file(Store.GUEST, new ReplicaFloor(3, ReplicaFloor.Purpose.RECEIVE, Store.LIFE)))
                .isPresent();
    }

    @Test
    void anotherLiveIsNeverReplacedByThePromotionItself() throws Exception {
        StoredSnapshot first = snapshotWith("one", 1);

        assertThatThrownBy(() -> owner.driver.promote(Store.GUEST, new LiveOrigin(2, Store.LIFE, first.id())))
                .isInstanceOf(IOException.class);
        assertThat(owner.live().resolve("one")).exists();
    }

    @Test
    void aPromotionOfWhatIsLiveAlreadySetsItAsideAndASecondRunChangesNothing() throws Exception {
        StoredSnapshot first = snapshotWith("one", 1);
        write(owner, "only-here", 9000);
        Map<String, String> replaced = content(owner);

        Promotion.Outcome outcome = owner.promote(2);

        assertThat(outcome).isInstanceOf(Promotion.Outcome.Promoted.class);
        Promotion.Outcome.Promoted promoted = (Promotion.Outcome.Promoted) outcome;
        assertThat(promoted.snapshot().id()).isEqualTo(first.id());
        Aside aside = promoted.aside().orElseThrow();
        assertThat(FileTrees.describe(asidePath(owner, aside.name()))).isEqualTo(replaced);
        assertThat(owner.live().resolve("only-here")).doesNotExist();
        write(owner, "written-since", 10);
        owner = open("a");
        assertThat(owner.promote(2)).isEqualTo(
                new Promotion.Outcome.Promoted(2, promoted.snapshot(), Optional.empty()));
        assertThat(owner.live().resolve("written-since")).exists();
        assertThat(owner.driver.asides(Store.GUEST)).hasSize(1);
    }

    @Test
    void whatWasPreparedIsUsedAndWhatWasDiscardedIsHarmless() throws Exception {
        StoredSnapshot first = snapshotWith("one", 1);
        target.receiveWhole(owner.stream(Optional.empty(), first.id()));
        StoredSnapshot second = snapshotWith("two", 2);

        target.driver.prepare(Store.GUEST, first.id());
        target.driver.discardPrepared(Store.GUEST);
        target.driver.prepare(Store.GUEST, first.id());
        // The owner beats again, and goes on.
        target.receiveWhole(owner.stream(Optional.of(first.id()), second.id()));
        target.driver.prepare(Store.GUEST, second.id());

        assertThat(((Promotion.Outcome.Promoted) target.promote(2)).snapshot().id()).isEqualTo(second.id());
        assertThat(content(target)).isEqualTo(content(owner));
        assertThatThrownBy(() -> target.driver.prepare(Store.GUEST, "1")).isInstanceOf(IOException.class);
    }

    @Test
    void usageNamesWhatTheGuestTakes() throws Exception {
        write(owner, "database", 1_000_000);
        owner.snapshot(1, 1);

        Usage usage = owner.driver.usage(Store.GUEST);

        assertThat(usage.liveBytes()).isBetween(1_000_000L, 1_400_000L);
        assertThat(usage.freeBytes()).isPositive();
        assertThat(usage.asideBytes()).isZero();
        assertThat(usage.damaged()).isEmpty();
    }

    @Test
    void aNameThatIsNoneIsRefusedEverywhere() {
        for (String name : List.of("", "..", "a/b", "-o", "a b", "a@b", "x".repeat(64))) {
            assertThatThrownBy(() -> owner.driver.create(name)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> owner.driver.livePath(name)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    protected StoredSnapshot snapshotWith(String file, long sequence) throws IOException {
        write(owner, file, 100_000);
        return owner.snapshot(1, sequence);
    }

    protected static void write(Store store, String name, int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(name.hashCode()).nextBytes(bytes);
        Files.write(store.live().resolve(name), bytes);
    }

    protected static Map<String, String> content(Store store) throws IOException {
        return FileTrees.describe(store.live());
    }

    protected static List<String> ids(List<StoredSnapshot> snapshots) {
        return snapshots.stream().map(StoredSnapshot::id).toList();
    }

    protected static ReceiveOutcome.Reason failure(ReceiveOutcome outcome) {
        return ((ReceiveOutcome.Failed) outcome).reason();
    }
}
