package dev.holdfast.replication.volume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.volume.ReplicaFloor;
import dev.holdfast.replication.volume.Promotion.Command;
import dev.holdfast.replication.volume.Promotion.Outcome.Promoted;
import dev.holdfast.replication.volume.Promotion.Outcome.Refused;
import dev.holdfast.replication.volume.VolumeRefusal.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromotionTest {

    @TempDir
    Path folder;

    private Store owner;
    private Store target;
    private StoredSnapshot first;
    private StoredSnapshot second;

    @BeforeEach
    void aTargetWithTwoReplicas() throws IOException {
        owner = Store.open(folder.resolve("a"));
        target = Store.open(folder.resolve("b"));
        owner.driver.create(Store.GUEST);
        FileTrees trees = new FileTrees(owner.live(), 5);
        trees.change(8);
        first = owner.snapshot(1, 1);
        trees.change(8);
        second = owner.snapshot(1, 2);
        target.receiveWhole(owner.stream(Optional.empty(), first.id()));
        target.receiveWhole(owner.stream(Optional.of(first.id()), second.id()));
    }

    @Test
    void theNewestReplicaBecomesLiveAndStaysAsABase() throws Exception {
        Promotion.Outcome outcome = target.promote(2);

        assertThat(outcome).isEqualTo(new Promoted(2, second, Optional.empty()));
        assertThat(FileTrees.describe(target.live())).isEqualTo(FileTrees.describe(owner.live()));
        assertThat(target.driver.replicas(Store.GUEST)).containsExactly(first, second);
        assertThat(target.floors.floor(Store.GUEST))
                .contains(new ReplicaFloor(2, ReplicaFloor.Purpose.PROMOTE, Store.LIFE));
    }

    @Test
    void theSamePromotionAgainChangesNothing() throws Exception {
        target.promote(2);
        Files.writeString(target.live().resolve("written-since"), "by the guest");

        assertThat(target.promote(2)).isEqualTo(new Promoted(2, second, Optional.empty()));
        assertThat(target.live().resolve("written-since")).exists();
        assertThat(target.driver.asides(Store.GUEST)).isEmpty();
    }

    @Test
    void theSamePromotionAgainChangesNothingEvenIfItsSnapshotIsGone() throws Exception {
        // Given a guest that ran, wrote, and was replicated until the snapshot it began with was not kept any more
        target.promote(2);
        Files.writeString(target.live().resolve("replicated-since"), "by the guest");
        target.snapshot(2, 1);
        Files.writeString(target.live().resolve("written-since"), "by the guest");
        assertThat(target.driver.retain(Store.GUEST, 1, Set.of())).contains(second.id());

        assertThat(reason(target.promote(2))).isEqualTo(Reason.EPOCH_NOT_HIGHER);
        assertThat(target.live().resolve("written-since")).exists();
        assertThat(target.driver.asides(Store.GUEST)).isEmpty();
    }

    @Test
    void anEpochThatIsNotHigherIsRefused() throws Exception {
        target.floors.file(Store.GUEST, new ReplicaFloor(5, ReplicaFloor.Purpose.RECEIVE, Store.LIFE));

        assertThat(reason(target.promote(4))).isEqualTo(Reason.EPOCH_NOT_HIGHER);
        assertThat(reason(target.promote(5))).isEqualTo(Reason.EPOCH_NOT_HIGHER);
        assertThat(target.promote(6)).isInstanceOf(Promoted.class);
        assertThat(reason(target.promote(5))).isEqualTo(Reason.EPOCH_NOT_HIGHER);
    }

    @Test
    void aCommandForAnotherLifeOfThisNodeIsRefusedAndFilesNothing() throws Exception {
        Command command = new Command(Store.GUEST, 2, new Incarnation(1, 2), Optional.empty());

        assertThat(reason(target.promotion(Steps.NONE).run(command))).isEqualTo(Reason.WRONG_INCARNATION);
        assertThat(target.floors.floor(Store.GUEST)).isEmpty();
    }

    @Test
    void aReplicaOlderThanTheMinimumIsRefused() {
        var later = new dev.holdfast.core.message.Snapshot("1-3-x", 1, 3, Duration.ZERO, "a", Store.LIFE);
        Command command = new Command(Store.GUEST, 2, Store.LIFE, Optional.of(later));

        assertThat(reason(target.promotion(Steps.NONE).run(command))).isEqualTo(Reason.TOO_OLD);
        Command exact = new Command(Store.GUEST, 3, Store.LIFE, Optional.of(second.snapshot()));
        assertThat(target.promotion(Steps.NONE).run(exact)).isInstanceOf(Promoted.class);
    }

    @Test
    void aNodeWithoutAReplicaRefuses() throws Exception {
        assertThat(reason(Store.open(folder.resolve("c")).promote(2))).isEqualTo(Reason.NO_REPLICA);
    }

    @Test
    void aVolumeThatALocalProcessUsesIsNeverTouched() throws Exception {
        Map<String, String> before = FileTrees.describe(owner.live());
        Promotion promotion = new Promotion(
                owner.driver, Store.LIFE, owner.floors, (guest, within) -> true, guest -> Optional.of("pid 17"));

        Promotion.Outcome outcome = promotion.run(new Command(Store.GUEST, 2, Store.LIFE, Optional.empty()));

        assertThat(reason(outcome)).isEqualTo(Reason.IN_USE);
        assertThat(((Refused) outcome).refusal().detail()).contains("pid 17");
        assertThat(FileTrees.describe(owner.live())).isEqualTo(before);
    }

    @Test
    void aReceiveThatDoesNotDieStopsThePromotion() throws Exception {
        Promotion promotion = new Promotion(
                target.driver, Store.LIFE, target.floors, (guest, within) -> false, guest -> Optional.empty());

        Promotion.Outcome outcome = promotion.run(new Command(Store.GUEST, 2, Store.LIFE, Optional.empty()));

        assertThat(reason(outcome)).isEqualTo(Reason.RECEIVE_ALIVE);
        assertThat(target.driver.hasLive(Store.GUEST)).isFalse();
    }

    @Test
    void anExistingLiveIsSetAsideAndNeverDeleted() throws Exception {
        Files.writeString(owner.live().resolve("only-here"), "precious");
        Map<String, String> before = FileTrees.describe(owner.live());

        Promoted promoted = (Promoted) owner.promote(2);

        assertThat(promoted.aside()).hasValueSatisfying(aside -> {
            assertThat(aside.name()).isEqualTo("2-replaced");
            assertThat(aside.divergentBytes()).isEqualTo("precious".length());
            assertThat(aside.since()).contains(Duration.ofSeconds(2));
        });
        assertThat(FileTrees.describe(owner.guestFolder().resolve("aside/2-replaced"))).isEqualTo(before);
        assertThat(owner.driver.asides(Store.GUEST)).containsExactly(promoted.aside().get());
        assertThat(owner.live().resolve("only-here")).doesNotExist();
    }

    @Test
    void aPreparedCloneIsUsedAndAnOutdatedOneIsNot() throws Exception {
        target.driver.prepare(Store.GUEST, first.id());
        assertThat(target.guestFolder().resolve("prepared/" + first.id())).isDirectory();

        target.driver.prepare(Store.GUEST, second.id());
        Object inode = Files.getAttribute(target.guestFolder().resolve("prepared/" + second.id()), "unix:ino");
        target.promote(2);

        assertThat(Files.getAttribute(target.live(), "unix:ino")).isEqualTo(inode);
        assertThat(target.guestFolder().resolve("prepared/" + first.id())).doesNotExist();
    }

    private static Reason reason(Promotion.Outcome outcome) {
        return ((Refused) outcome).refusal().reason();
    }
}
