package dev.holdfast.replication.zfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.volume.ReplicaFloor;
import dev.holdfast.replication.transfer.Hello;
import dev.holdfast.replication.transfer.InFlightReceives;
import dev.holdfast.replication.transfer.Refusal;
import dev.holdfast.replication.transfer.ReplicaSender;
import dev.holdfast.replication.transfer.ReplicaServer;
import dev.holdfast.replication.transfer.SendOutcome;
import dev.holdfast.replication.transport.Bandwidth;
import dev.holdfast.replication.transport.TcpRoute;
import dev.holdfast.replication.volume.Aside;
import dev.holdfast.replication.volume.FileTrees;
import dev.holdfast.replication.volume.Promotion;
import dev.holdfast.replication.volume.ReceiveOutcome;
import dev.holdfast.replication.volume.SnapshotOutcome;
import dev.holdfast.replication.volume.Steps;
import dev.holdfast.replication.volume.Store;
import dev.holdfast.replication.volume.StoredSnapshot;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people, full pools and other owners do to a volume behind the driver's back. */
class ZfsTroubleTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private Pools pools;
    private Store owner;
    private Store target;

    @BeforeEach
    void anOwnerAndATarget() throws IOException {
        pools = Pools.orSkip();
        owner = pools.open("a");
        target = pools.open("b");
        owner.driver.create(Store.GUEST);
    }

    @AfterEach
    void destroyPools() throws IOException {
        if (pools != null) {
            pools.close();
        }
    }

    @Test
    void aPoolThatFillsUpDuringAReceiveKeepsTheLastReplicaPromotable() throws Exception {
        pools.pool("small", 64L * 1024 * 1024);
        Store small = pools.open("small");
        StoredSnapshot first = snapshotWith("one", 1_000_000, 1);
        Map<String, String> before = FileTrees.describe(owner.live());
        small.receiveWhole(stream(Optional.empty(), first));
        StoredSnapshot second = snapshotWith("too-much", 80_000_000, 2);

        ReceiveOutcome outcome = small.receive(stream(Optional.of(first), second));

        assertThat(outcome).isInstanceOfSatisfying(ReceiveOutcome.Failed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(ReceiveOutcome.Reason.NO_SPACE);
            assertThat(failed.detail()).contains("zfs receive", "exited with 1");
        });
        assertThat(small.driver.newest(Store.GUEST).map(StoredSnapshot::id)).contains(first.id());
        assertThat(small.promote(2)).isInstanceOf(Promotion.Outcome.Promoted.class);
        assertThat(FileTrees.describe(small.live())).isEqualTo(before);
    }

    @Test
    void aBaseThatSomebodyDestroysOnTheTargetIsReplacedByAnOlderOneAndByAFullCopyInTheEnd() throws Exception {
        StoredSnapshot first = snapshotWith("one", 50_000, 1);
        StoredSnapshot second = snapshotWith("two", 50_000, 2);
        StoredSnapshot third = snapshotWith("three", 50_000, 3);
        target.receiveWhole(stream(Optional.empty(), first));
        target.receiveWhole(stream(Optional.of(first), second));

        Pools.zfs("destroy", pools.dataset("b", "replica@hf-1-2"));
        assertThat(reason(target.receive(stream(Optional.of(second), third))))
                .isEqualTo(ReceiveOutcome.Reason.NO_BASE);
        assertThat(common(target, third)).contains(first.id());
        ReceiveOutcome outcome = target.receive(stream(Optional.of(first), third));
        if (outcome instanceof ReceiveOutcome.Failed failed) {
            // What the destroyed snapshot held is still in the replica: that counts as somebody's change, once.
            assertThat(failed.reason()).isEqualTo(ReceiveOutcome.Reason.CHANGED);
            target.receiveWhole(stream(Optional.of(first), third));
        }

        Pools.onceFree(List.of("zfs", "destroy", "-R", pools.dataset("b", "replica")));
        assertThat(common(target, third)).isEmpty();
        StoredSnapshot fourth = snapshotWith("four", 50_000, 4);
        target.receiveWhole(stream(Optional.empty(), fourth));
        target.promote(2);
        assertThat(FileTrees.describe(target.live())).isEqualTo(FileTrees.describe(owner.live()));
    }

    @Test
    void aCommonSnapshotIsHeldAgainstEverybodyUntilTheNextIsCommon() throws Exception {
        StoredSnapshot first = snapshotWith("one", 50_000, 1);
        target.receiveWhole(stream(Optional.empty(), first));
        owner.driver.noteCommon(Store.GUEST, "b", first.id());
        target.driver.noteCommon(Store.GUEST, "a", first.id());

        for (String base : List.of(pools.dataset("a", "live@hf-1-1"), pools.dataset("b", "replica@hf-1-1"))) {
            assertThatThrownBy(() -> Pools.zfs("destroy", base)).hasMessageContaining("busy");
        }
        StoredSnapshot second = snapshotWith("two", 50_000, 2);
        target.receiveWhole(stream(Optional.of(first), second));
        owner.driver.noteCommon(Store.GUEST, "b", second.id());
        assertThat(owner.driver.retain(Store.GUEST, 1, Set.of())).containsExactly(first.id());
    }

    @Test
    void aSnapshotThatSomebodyDestroysOnTheSourceIsNoBaseAnyMore() throws Exception {
        StoredSnapshot first = snapshotWith("one", 50_000, 1);
        StoredSnapshot second = snapshotWith("two", 50_000, 2);
        target.receiveWhole(stream(Optional.empty(), first));
        target.receiveWhole(stream(Optional.of(first), second));
        Pools.zfs("destroy", pools.dataset("a", "live@hf-1-2"));
        StoredSnapshot third = snapshotWith("three", 50_000, 3);

        // Where ZFS has bookmarks, that of the destroyed one is as good a base as it was.
        StoredSnapshot base = ZfsCapabilities.detect(Pools.COMMANDS).bookmarks() ? second : first;
        assertThat(common(target, third)).contains(base.id());
        target.receiveWhole(stream(Optional.of(base), third));

        assertThat(target.driver.replicas(Store.GUEST)).extracting(StoredSnapshot::id)
                .containsExactly(first.id(), second.id(), third.id());
        target.promote(2);
        assertThat(FileTrees.describe(target.live())).isEqualTo(FileTrees.describe(owner.live()));
        assertThat(target.driver.retain(Store.GUEST, 1, Set.of())).contains(second.id());
    }

    /** The names are the same; the GUIDs are not, and they decide. */
    @Test
    void aVolumeMadeAnewUnderTheSameNameIsCopiedWhole() throws Exception {
        StoredSnapshot first = snapshotWith("one", 50_000, 1);
        target.receiveWhole(stream(Optional.empty(), first));
        Pools.onceFree(List.of("zfs", "destroy", "-r", pools.dataset("a", "live")));
        owner = pools.open("a");
        owner.driver.create(Store.GUEST);
        StoredSnapshot anew = snapshotWith("other", 60_000, 1);

        assertThat(anew.snapshot()).isNotEqualTo(first.snapshot());
        assertThat(common(target, anew)).isEmpty();
        target.receiveWhole(stream(Optional.empty(), anew));

        assertThat(target.driver.replicas(Store.GUEST)).extracting(StoredSnapshot::id)
                .containsExactlyInAnyOrder(first.id(), anew.id());
        StoredSnapshot next = snapshotWith("more", 1000, 2);
        target.receiveWhole(stream(Optional.of(anew), next));
        target.promote(2);
        assertThat(FileTrees.describe(target.live())).isEqualTo(FileTrees.describe(owner.live()));
    }

    @Test
    void aSourceThatWasRolledBackGoesOnFromTheSnapshotItWasRolledBackTo() throws Exception {
        StoredSnapshot first = snapshotWith("one", 50_000, 1);
        StoredSnapshot second = snapshotWith("two", 50_000, 2);
        target.receiveWhole(stream(Optional.empty(), first));
        target.receiveWhole(stream(Optional.of(first), second));
        Pools.zfs("unmount", pools.dataset("a", "live"));
        Pools.onceFree(List.of("zfs", "rollback", "-r", pools.dataset("a", "live@hf-1-1")));
        owner = pools.open("a");
        StoredSnapshot anew = snapshotWith("other", 60_000, 2);

        assertThat(common(target, anew)).contains(first.id());
        target.receiveWhole(stream(Optional.of(first), anew));

        assertThat(target.driver.replicas(Store.GUEST)).extracting(StoredSnapshot::id)
                .containsExactlyInAnyOrder(first.id(), second.id(), anew.id());
    }

    @Test
    void aReplicaThatSomebodyWroteToIsKeptAsideAndTheSameBaseWillDo() throws Exception {
        StoredSnapshot first = snapshotWith("one", 50_000, 1);
        target.receiveWhole(stream(Optional.empty(), first));
        Path mounted = Files.createDirectories(pools.mounts("b").resolve("by-hand"));
        Pools.zfs("set", "readonly=off", pools.dataset("b", "replica"));
        Pools.zfs("set", "mountpoint=" + mounted, pools.dataset("b", "replica"));
        mountIfNeeded(pools.dataset("b", "replica"));
        Files.writeString(mounted.resolve("by-hand"), "precious");
        Pools.zfs("unmount", pools.dataset("b", "replica"));
        StoredSnapshot second = snapshotWith("two", 50_000, 2);
        byte[] increment = stream(Optional.of(first), second);

        assertThat(target.receive(increment)).isInstanceOfSatisfying(ReceiveOutcome.Failed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(ReceiveOutcome.Reason.CHANGED);
            assertThat(failed.detail()).contains("1-changed", "has been modified");
        });
        assertThat(target.driver.newest(Store.GUEST).map(StoredSnapshot::id)).contains(first.id());
        target.receiveWhole(increment);

        assertThat(target.driver.asides(Store.GUEST)).extracting(Aside::name).containsExactly("1-changed");
        assertThat(target.live().resolveSibling("aside").resolve("1-changed/by-hand")).hasContent("precious");
        target.promote(2);
        assertThat(FileTrees.describe(target.live())).isEqualTo(FileTrees.describe(owner.live()));
    }

    private static void mountIfNeeded(String dataset) throws IOException {
        try {
            Pools.zfs("mount", dataset);
        } catch (ZfsFailed failed) {
            assertThat(failed.stderr()).contains("already mounted");
        }
    }

    @Test
    void aVolumeWithChildDatasetsIsNotReplicatedInPart() throws Exception {
        Pools.zfs("create", "-o", "mountpoint=none", pools.dataset("a", "live/child"));

        assertThat(owner.trySnapshot(1, 1)).isInstanceOfSatisfying(SnapshotOutcome.Dropped.class, dropped -> {
            assertThat(dropped.reason()).isEqualTo(SnapshotOutcome.Reason.UNSUITABLE);
            assertThat(dropped.detail()).contains("child datasets");
        });
    }

    @Test
    void aLiveThatSomebodyStandsInIsNotSetAside() throws Exception {
        snapshotWith("one", 50_000, 1);
        Process inside = new ProcessBuilder("sleep", "60").directory(owner.live().toFile()).start();
        try {
            Promotion.Outcome outcome = owner.promote(2);

            assertThat(((Promotion.Outcome.Refused) outcome).refusal().detail()).contains("zfs unmount", "busy");
            assertThat(owner.live().resolve("one")).exists();
        } finally {
            inside.destroyForcibly().waitFor();
        }
        assertThat(owner.promote(3)).isInstanceOf(Promotion.Outcome.Promoted.class);
    }

    @Test
    void aFailureKeepsItsCommandItsExitCodeAndWhatWasSaid() {
        assertThatThrownBy(() -> Pools.zfs("destroy", "nosuchpool/nothing")).isInstanceOfSatisfying(
                ZfsFailed.class, failed -> {
                    assertThat(failed.command()).containsExactly("zfs", "destroy", "nosuchpool/nothing");
                    assertThat(failed.exitCode()).hasValue(1);
                    assertThat(failed.stderr()).contains("does not exist");
                });
        assertThatThrownBy(() -> new ZfsCommand(Duration.ofMillis(200)).run(List.of("sleep", "30")))
                .hasMessageContaining("was killed");
    }

    @Test
    void namesThatAreNoneNeverReachACommand() {
        for (String dataset : List.of("", "-r", "a b", "a@b", "/a", "a//b", "a/../b", "a/b;c", "x".repeat(300))) {
            assertThatThrownBy(() -> new ZfsDriver.Config(dataset, Path.of("/mnt"), "a"))
                    .as(dataset)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void overTheNetworkAnOlderOwnerIsRefusedAndAPromotionEndsWhatIsBeingReceived() throws Exception {
        InFlightReceives receives = new InFlightReceives();
        CountDownLatch held = new CountDownLatch(1);
        AtomicReference<CountDownLatch> hold = new AtomicReference<>();
        Store slow = pools.open("b", Pools.COMMANDS, step -> {
            if (step == Steps.Step.PART_WRITTEN && hold.get() != null) {
                held.countDown();
                await(hold.get());
            }
        });
        StoredSnapshot first = snapshotWith("one", 2_000_000, 1);
        Map<String, String> firstContent = FileTrees.describe(owner.live());
        try (ReplicaServer server = ReplicaServer.start(
                new ReplicaServer.Config(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), "b", Store.LIFE, LONG),
                slow.driver, slow.floors, receives, event -> {})) {
            assertThat(send(server, first, 1)).isInstanceOf(SendOutcome.Stored.class);
            StoredSnapshot second = snapshotWith("two", 2_000_000, 2);
            hold.set(new CountDownLatch(1));
            CompletableFuture<SendOutcome> sending = CompletableFuture.supplyAsync(() -> send(server, second, 1));
            assertThat(held.await(60, TimeUnit.SECONDS)).isTrue();

            Promotion.Outcome outcome = new Promotion(
                            slow.driver, Store.LIFE, slow.floors, receives, guest -> Optional.empty())
                    .run(new Promotion.Command(Store.GUEST, 2, Store.LIFE, Optional.empty()));

            assertThat(outcome).isInstanceOfSatisfying(
                    Promotion.Outcome.Promoted.class,
                    promoted -> assertThat(promoted.snapshot().id()).isEqualTo(first.id()));
            assertThat(FileTrees.describe(slow.live())).isEqualTo(firstContent);
            assertThat(sending.get(60, TimeUnit.SECONDS)).isInstanceOf(SendOutcome.Failed.class);
            assertThat(slow.floors.floor(Store.GUEST)).map(ReplicaFloor::epoch).contains(2L);
            assertThat(send(server, second, 1)).isInstanceOfSatisfying(
                    SendOutcome.Refused.class,
                    refused -> assertThat(refused.refusal().reason()).isEqualTo(Refusal.Reason.EPOCH_TOO_LOW));
        }
    }

    private SendOutcome send(ReplicaServer server, StoredSnapshot snapshot, long epoch) {
        ReplicaSender sender = new ReplicaSender(
                owner.driver, new ReplicaSender.Config(LONG, LONG, LONG), Bandwidth.UNLIMITED);
        try {
            Hello hello = new Hello(
                    Store.GUEST, epoch, "a", Store.LIFE, "b", Store.LIFE, snapshot.id(),
                    sender.bases(Store.GUEST, snapshot.id()));
            return sender.send(
                    new TcpRoute(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port())), hello,
                    progress -> {});
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException("killed", e);
        }
    }

    private StoredSnapshot snapshotWith(String file, int size, long sequence) throws IOException {
        byte[] bytes = new byte[size];
        new Random(file.hashCode()).nextBytes(bytes);
        Files.write(owner.live().resolve(file), bytes);
        return owner.snapshot(1, sequence);
    }

    private byte[] stream(Optional<StoredSnapshot> base, StoredSnapshot snapshot) throws IOException {
        return owner.stream(base.map(StoredSnapshot::id), snapshot.id());
    }

    /** What the target asks to build on. */
    private Optional<String> common(Store store, StoredSnapshot snapshot) throws IOException {
        List<String> bases = owner.driver.bases(Store.GUEST, snapshot.id());
        return store.driver.newestCommon(Store.GUEST, bases).map(StoredSnapshot::id);
    }

    private static ReceiveOutcome.Reason reason(ReceiveOutcome outcome) {
        return ((ReceiveOutcome.Failed) outcome).reason();
    }
}
