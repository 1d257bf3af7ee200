package dev.holdfast.replication.zfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.replication.volume.Aside;
import dev.holdfast.replication.volume.FileTrees;
import dev.holdfast.replication.volume.Promotion;
import dev.holdfast.replication.volume.SnapshotOutcome;
import dev.holdfast.replication.volume.Steps;
import dev.holdfast.replication.volume.Store;
import dev.holdfast.replication.volume.StoredSnapshot;
import dev.holdfast.replication.volume.Supersession;
import dev.holdfast.replication.zfs.CutCommands.PowerCut;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Ends every operation before each command that changes a pool and after the last, opens the driver again as after a
 * restart, and looks at what is there. Each turn has pools of its own.
 */
class ZfsPowerCutTest {

    private Pools pools;
    private int turn;
    private Store owner;
    private StoredSnapshot first;
    private Map<String, String> firstContent;

    @BeforeEach
    void pools() throws IOException {
        pools = Pools.orSkip();
    }

    @AfterEach
    void destroyPools() throws IOException {
        pools.close();
    }

    private interface Operation {
        void run(Store store) throws IOException;
    }

    private interface Check {
        void look(Store store, String cut) throws IOException;
    }

    private interface Given {
        String node() throws IOException;
    }

    /** Cuts further and further until the operation comes to its end uncut. */
    private void cutEverywhere(Given given, Operation operation, Check check) throws IOException {
        boolean cut = true;
        for (int at = 1; cut; at++) {
            String node = given.node();
            Switch commands = new Switch(Pools.COMMANDS);
            Store store = pools.open(node, commands, Steps.NONE);
            // The driver opens uncut: only what follows is counted.
            commands.zfs = new CutCommands(Pools.COMMANDS, at);
            cut = isCut(operation, store);
            check.look(pools.open(node), "before change " + at);
            pools.drop(node);
        }
    }

    private static boolean isCut(Operation operation, Store store) throws IOException {
        try {
            operation.run(store);
            return false;
        } catch (PowerCut cut) {
            return true;
        }
    }

    /** Commands that can be exchanged. */
    private static final class Switch implements Zfs {
        private Zfs zfs;

        private Switch(Zfs zfs) {
            this.zfs = zfs;
        }

        @Override
        public java.util.List<String> run(java.util.List<String> command) throws IOException {
            return zfs.run(command);
        }

        @Override
        public ZfsStream start(java.util.List<String> command) throws IOException {
            return zfs.start(command);
        }
    }

    private String anOwner() throws IOException {
        String node = "n" + ++turn;
        owner = pools.open(node);
        owner.driver.create(Store.GUEST);
        Files.write(owner.live().resolve("one"), new byte[70_000]);
        first = owner.snapshot(1, 1);
        firstContent = FileTrees.describe(owner.live());
        return node;
    }

    private String anOwnerThatWroteMore() throws IOException {
        String node = anOwner();
        Files.write(owner.live().resolve("two"), new byte[50_000]);
        return node;
    }

    @Test
    void aSnapshotIsThereWholeOrNotAtAll() throws Exception {
        cutEverywhere(this::anOwnerThatWroteMore, store -> store.snapshot(1, 2), (again, cut) -> {
            assertThat(again.driver.snapshots(Store.GUEST)).as(cut).contains(first);
            assertThat(again.driver.usage(Store.GUEST).damaged()).as(cut).isEmpty();
            boolean there = again.driver.snapshots(Store.GUEST).size() == 2;
            assertThat(again.trySnapshot(1, there ? 3 : 2)).as(cut).isInstanceOf(SnapshotOutcome.Taken.class);
        });
    }

    @Test
    void aPromotionComesToTheSameEndWhenRunAgain() throws Exception {
        cutEverywhere(this::anOwnerThatWroteMore, store -> store.promote(2), (again, cut) -> {
            Promotion.Outcome outcome = again.promote(2);
            assertThat(outcome).as(cut).isInstanceOf(Promotion.Outcome.Promoted.class);
            assertThat(((Promotion.Outcome.Promoted) outcome).snapshot()).as(cut).isEqualTo(first);
            assertThat(FileTrees.describe(again.live())).as(cut).isEqualTo(firstContent);
            assertThat(again.driver.asides(Store.GUEST)).as(cut).extracting(Aside::name).containsExactly("2-replaced");
            assertThat(again.live().resolveSibling("aside").resolve("2-replaced/two")).as(cut).hasSize(50_000);
            assertThat(again.trySnapshot(2, 1)).as(cut).isInstanceOf(SnapshotOutcome.Taken.class);
        });
    }

    @Test
    void aPromotionOfAReplicaCutAnywhereGivesWayToOneOfAHigherEpoch() throws Exception {
        cutEverywhere(this::aTarget, store -> store.promote(2), (again, cut) -> {
            assertThat(again.promote(3)).as(cut).isInstanceOf(Promotion.Outcome.Promoted.class);
            assertThat(FileTrees.describe(again.live())).as(cut).isEqualTo(firstContent);
            assertThat(again.driver.newest(Store.GUEST).map(StoredSnapshot::id)).as(cut).contains(first.id());
        });
    }

    private String aTarget() throws IOException {
        if (owner == null) {
            anOwner();
        }
        String node = "t" + ++turn;
        pools.open(node).receiveWhole(owner.stream(Optional.empty(), first.id()));
        return node;
    }

    @Test
    void aReceiveLeavesTheLastCompleteReplicaPromotable() throws Exception {
        anOwner();
        Files.write(owner.live().resolve("two"), new byte[50_000]);
        StoredSnapshot second = owner.snapshot(1, 2);
        Map<String, String> secondContent = FileTrees.describe(owner.live());
        byte[] increment = owner.stream(Optional.of(first.id()), second.id());

        cutEverywhere(this::aTarget, store -> store.receiveWhole(increment), (again, cut) -> {
            String newest = again.driver.newest(Store.GUEST).orElseThrow().id();
            assertThat(newest).as(cut).isIn(first.id(), second.id());
            assertThat(again.receiveWhole(increment).id()).as(cut).isEqualTo(second.id());
            again.promote(2);
            assertThat(FileTrees.describe(again.live())).as(cut).isEqualTo(secondContent);
        });
    }

    @Test
    void aFullCopyIsThereWholeOrNotAtAll() throws Exception {
        anOwner();
        byte[] full = owner.stream(Optional.empty(), first.id());

        cutEverywhere(() -> "t" + ++turn, store -> store.receiveWhole(full), (again, cut) -> {
            assertThat(again.receiveWhole(full).id()).as(cut).isEqualTo(first.id());
            assertThat(again.driver.replicas(Store.GUEST)).as(cut).hasSize(1);
            again.promote(2);
            assertThat(FileTrees.describe(again.live())).as(cut).isEqualTo(firstContent);
        });
    }

    @Test
    void aReturnedNodeIsSetAsideAndBroughtBackFromWhereItWasCut() throws Exception {
        anOwner();
        Store other = pools.open("other");
        other.receiveWhole(owner.stream(Optional.empty(), first.id()));
        other.promote(2);
        Files.write(other.live().resolve("since"), new byte[20_000]);
        StoredSnapshot next = other.snapshot(2, 1);
        Map<String, String> nextContent = FileTrees.describe(other.live());
        byte[] back = other.stream(Optional.of(first.id()), next.id());
        byte[] full = owner.stream(Optional.empty(), first.id());
        Operation returns = store -> {
            store.supersession(Steps.NONE).run(new Supersession.Command(Store.GUEST, 2, Store.LIFE, first.id()));
            store.receiveWhole(back);
        };

        cutEverywhere(() -> aDivergedNode(full), returns, (again, cut) -> {
            returns.run(again);
            assertThat(again.driver.asides(Store.GUEST)).as(cut).extracting(Aside::name).containsExactly("2-superseded");
            assertThat(again.live().resolveSibling("aside").resolve("2-superseded/late")).as(cut).hasSize(30_000);
            again.promote(3);
            assertThat(FileTrees.describe(again.live())).as(cut).isEqualTo(nextContent);
        });
    }

    /** A node that ran the guest from the first snapshot on and wrote what nobody else has. */
    private String aDivergedNode(byte[] full) throws IOException {
        String node = "d" + ++turn;
        Store store = pools.open(node);
        store.receiveWhole(full);
        store.promote(1);
        Files.write(store.live().resolve("late"), new byte[30_000]);
        return node;
    }
}
