package dev.holdfast.replication.volume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.volume.ReplicaFloor;
import dev.holdfast.replication.volume.Supersession.Command;
import dev.holdfast.replication.volume.Supersession.Outcome.Done;
import dev.holdfast.replication.volume.Supersession.Outcome.Refused;
import dev.holdfast.replication.volume.VolumeRefusal.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupersessionTest {

    @TempDir
    Path folder;

    private Store owner;
    private StoredSnapshot promoted;

    @BeforeEach
    void anOldOwner() throws IOException {
        owner = Store.open(folder.resolve("a"));
        owner.driver.create(Store.GUEST);
        new FileTrees(owner.live(), 5).change(10);
        promoted = owner.snapshot(1, 1);
    }

    @Test
    void whatNeverLeftTheNodeIsKeptAndAnnounced() throws Exception {
        Files.write(owner.live().resolve("late"), new byte[1234]);
        Map<String, String> before = FileTrees.describe(owner.live());

        Aside aside = ((Done) supersede(2)).aside().orElseThrow();

        assertThat(aside.name()).isEqualTo("2-superseded");
        assertThat(aside.divergentBytes()).isEqualTo(1234);
        assertThat(aside.since()).contains(Duration.ofSeconds(1));
        assertThat(FileTrees.describe(owner.guestFolder().resolve("aside/2-superseded"))).isEqualTo(before);
        assertThat(owner.driver.hasLive(Store.GUEST)).isFalse();
        assertThat(supersede(2)).isEqualTo(new Done(Optional.of(aside)));
    }

    @Test
    void aLiveThatTheSnapshotHoldsByteForByteIsDropped() throws Exception {
        assertThat(supersede(2)).isEqualTo(new Done(Optional.empty()));
        assertThat(owner.driver.hasLive(Store.GUEST)).isFalse();
        assertThat(owner.driver.asides(Store.GUEST)).isEmpty();
        assertThat(owner.driver.newest(Store.GUEST)).contains(promoted);
    }

    @Test
    void aLostFileOrLinkCountsAsDivergence() throws Exception {
        Files.createSymbolicLink(owner.live().resolve("only-a-link"), Path.of("target"));

        assertThat(((Done) supersede(2)).aside()).isPresent();
    }

    @Test
    void withoutTheCommonSnapshotEverythingCountsAsDiverged() {
        Command command = new Command(Store.GUEST, 2, Store.LIFE, "1-9-00000000000000000000000000000000");

        Aside aside = ((Done) owner.supersession(Steps.NONE).run(command)).aside().orElseThrow();

        assertThat(aside.since()).isEmpty();
        assertThat(aside.divergentBytes()).isEqualTo(aside.bytes()).isPositive();
    }

    @Test
    void aStreamOfTheSameEpochMayHaveComeFirst() throws Exception {
        owner.floors.file(Store.GUEST, new ReplicaFloor(2, ReplicaFloor.Purpose.RECEIVE, Store.LIFE));

        assertThat(supersede(2)).isInstanceOf(Done.class);
        assertThat(((Refused) supersede(1)).refusal().reason()).isEqualTo(Reason.EPOCH_NOT_HIGHER);
    }

    @Test
    void anEpochThatWasPromotedHereIsNotSetAside() throws Exception {
        owner.promote(2);

        assertThat(((Refused) supersede(2)).refusal().reason()).isEqualTo(Reason.EPOCH_NOT_HIGHER);
        assertThat(owner.driver.hasLive(Store.GUEST)).isTrue();
    }

    @Test
    void aVolumeInUseIsNotTouched() throws Exception {
        Supersession supersession = new Supersession(
                owner.driver, Store.LIFE, owner.floors, (guest, within) -> true, guest -> Optional.of("pid 17"));

        Supersession.Outcome outcome = supersession.run(new Command(Store.GUEST, 2, Store.LIFE, promoted.id()));

        assertThat(((Refused) outcome).refusal().reason()).isEqualTo(Reason.IN_USE);
        assertThat(owner.driver.hasLive(Store.GUEST)).isTrue();
    }

    @Test
    void whatWasSetAsideCanBeDeletedByName() throws Exception {
        Files.write(owner.live().resolve("late"), new byte[10]);
        supersede(2);
        owner.driver.deleteAside(Store.GUEST, "2-superseded");

        assertThat(owner.driver.asides(Store.GUEST)).isEmpty();
        assertThat(owner.guestFolder().resolve("aside")).isEmptyDirectory();
    }

    private Supersession.Outcome supersede(long epoch) {
        return owner.supersession(Steps.NONE).run(new Command(Store.GUEST, epoch, Store.LIFE, promoted.id()));
    }
}
