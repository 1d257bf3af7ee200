package dev.holdfast.replication.volume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.volume.ReplicaFloor;
import dev.holdfast.replication.volume.Steps.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each test ends a real process at a step, without any of its finally blocks, and looks at what it left. */
class PowerCutTest {

    @TempDir
    Path folder;

    private Store owner;
    private FileTrees trees;
    private StoredSnapshot first;

    @BeforeEach
    void anOwnerWithOneSnapshot() throws Exception {
        owner = Store.open(folder.resolve("a"));
        owner.driver.create(Store.GUEST);
        trees = new FileTrees(owner.live(), 5);
        trees.change(10);
        first = owner.snapshot(1, 1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"GUEST_PAUSED", "GUEST_RESUMED", "PART_WRITTEN", "TREE_WRITTEN", "TREE_SYNCED", "MANIFEST_SYNCED",
                "SNAPSHOT_RENAMED"})
    void aSnapshotEndedAtAnyStepIsThereWholeOrNotAtAll(Step step) throws Exception {
        trees.change(10);
        assertThat(PowerCut.run(owner.folder, step, 1, "snapshot")).isEqualTo(PowerCut.HALTED);

        Store again = Store.open(owner.folder);
        boolean complete = step == Step.SNAPSHOT_RENAMED;
        assertThat(again.driver.snapshots(Store.GUEST)).hasSize(complete ? 2 : 1).contains(first);
        assertThat(again.guestFolder().resolve("partial")).doesNotExist();
        StoredSnapshot next = again.snapshot(1, complete ? 3 : 2);
        assertThat(promotedElsewhere(again, next)).isEqualTo(FileTrees.describe(again.live()));
    }

    @ParameterizedTest
    @CsvSource({
        "RECEIVE_STARTED, 1",
        "MANIFEST_READ, 1",
        "PART_WRITTEN, 1",
        "PART_WRITTEN, 3",
        "TREE_WRITTEN, 1",
        "TREE_SYNCED, 1",
        "MANIFEST_SYNCED, 1",
        "SNAPSHOT_RENAMED, 1"
    })
    void aReceiveEndedAtAnyStepLeavesTheLastCompleteReplicaPromotable(Step step, int nth) throws Exception {
        Map<String, String> before = FileTrees.describe(owner.live());
        Store target = Store.open(folder.resolve("b"));
        target.receiveWhole(owner.stream(Optional.empty(), first.id()));
        trees.change(10);
        StoredSnapshot second = owner.snapshot(1, 2);
        byte[] increment = owner.stream(Optional.of(first.id()), second.id());
        Path stream = Files.write(folder.resolve("stream"), increment);

        assertThat(PowerCut.run(target.folder, step, nth, "receive", stream.toString())).isEqualTo(PowerCut.HALTED);

        Store again = Store.open(target.folder);
        boolean complete = step == Step.SNAPSHOT_RENAMED;
        assertThat(again.driver.newest(Store.GUEST)).contains(complete ? second : first);
        assertThat(again.guestFolder().resolve("partial")).doesNotExist();
        assertThat(again.promote(2)).isInstanceOf(Promotion.Outcome.Promoted.class);
        assertThat(FileTrees.describe(again.live())).isEqualTo(complete ? FileTrees.describe(owner.live()) : before);
        assertThat(again.receiveWhole(increment)).isEqualTo(second);
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"FLOOR_FILED", "RECEIVES_DEAD", "REPLICA_CHOSEN", "CLONE_SYNCED", "LIVE_ASIDE", "ORIGIN_FILED",
                "LIVE_RENAMED"})
    void aPromotionEndedAtAnyStepComesToTheSameEndWhenRunAgain(Step step) throws Exception {
        Map<String, String> promoted = FileTrees.describe(owner.live());
        trees.change(10);
        Map<String, String> superseded = FileTrees.describe(owner.live());

        assertThat(PowerCut.run(owner.folder, step, 1, "promote")).isEqualTo(PowerCut.HALTED);

        Store again = Store.open(owner.folder);
        assertThat(again.floors.floor(Store.GUEST))
                .contains(new ReplicaFloor(2, ReplicaFloor.Purpose.PROMOTE, Store.LIFE));
        Promotion.Outcome outcome = again.promote(2);
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Promotion.Outcome.Promoted.class,
                        done -> assertThat(done.snapshot()).isEqualTo(first));
        assertThat(FileTrees.describe(again.live())).isEqualTo(promoted);
        assertThat(FileTrees.describe(again.guestFolder().resolve("aside/2-replaced"))).isEqualTo(superseded);
        assertThat(again.driver.asides(Store.GUEST)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"FLOOR_FILED", "RECEIVES_DEAD", "LIVE_ASIDE"})
    void aSetAsideEndedAtAnyStepComesToTheSameEndWhenRunAgain(Step step) throws Exception {
        trees.change(10);
        Map<String, String> superseded = FileTrees.describe(owner.live());

        assertThat(PowerCut.run(owner.folder, step, 1, "supersede", first.id())).isEqualTo(PowerCut.HALTED);

        Store again = Store.open(owner.folder);
        Supersession.Outcome outcome = again.supersession(Steps.NONE)
                .run(new Supersession.Command(Store.GUEST, 2, Store.LIFE, first.id()));
        assertThat(FileTrees.describe(again.guestFolder().resolve("aside/2-superseded"))).isEqualTo(superseded);
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Supersession.Outcome.Done.class,
                        done -> assertThat(done.aside()).hasValueSatisfying(aside -> assertThat(aside.divergentBytes())
                                .isPositive()));
    }

    @Test
    void aDropOfALiveThatIsHeldElsewhereLeavesNothingBehind() throws Exception {
        PowerCut.run(owner.folder, Step.LIVE_DROPPED, 1, "supersede", first.id());

        Store again = Store.open(owner.folder);
        assertThat(again.driver.hasLive(Store.GUEST)).isFalse();
        assertThat(again.guestFolder().resolve("partial")).doesNotExist();
        assertThat(again.driver.newest(Store.GUEST)).contains(first);
    }

    @Test
    void aPromotionEndedHalfwayGivesWayToOneOfAHigherEpoch() throws Exception {
        Map<String, String> promoted = FileTrees.describe(owner.live());
        PowerCut.run(owner.folder, Step.ORIGIN_FILED, 1, "promote");

        Store again = Store.open(owner.folder);
        assertThat(again.promote(3)).isInstanceOf(Promotion.Outcome.Promoted.class);
        assertThat(FileTrees.describe(again.live())).isEqualTo(promoted);
    }

    private Map<String, String> promotedElsewhere(Store from, StoredSnapshot snapshot) throws Exception {
        Store copy = Store.open(folder.resolve("copy"));
        copy.receiveWhole(from.stream(Optional.empty(), snapshot.id()));
        copy.promote(1);
        return FileTrees.describe(copy.live());
    }
}
