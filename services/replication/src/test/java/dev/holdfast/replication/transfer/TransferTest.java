package dev.holdfast.replication.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.volume.ReplicaFloor;
import dev.holdfast.replication.transport.Bandwidth;
import dev.holdfast.replication.transport.Connection;
import dev.holdfast.replication.transport.Route;
import dev.holdfast.replication.volume.FileTrees;
import dev.holdfast.replication.volume.Promotion;
import dev.holdfast.replication.volume.Steps;
import dev.holdfast.replication.volume.Store;
import dev.holdfast.replication.volume.StoredSnapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds whatever carries a transfer: over TCP here, over the other ways in the classes that extend this one. */
class TransferTest {

    static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(300);

    @TempDir
    Path folder;

    private final LinkedBlockingQueue<ReceiveEvent> events = new LinkedBlockingQueue<>();
    final InFlightReceives receives = new InFlightReceives();
    private final List<AutoCloseable> open = new ArrayList<>();
    Store owner;
    Store target;

    @BeforeEach
    void anOwner() throws IOException {
        owner = Store.open(folder.resolve("a"));
        target = Store.open(folder.resolve("b"));
        owner.driver.create(Store.GUEST);
    }

    /** What carries the transfers. */
    Way way() {
        return new TcpWay();
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
    }

    @Test
    void theFirstSnapshotIsSentWholeAndTheNextAsAnIncrement() throws Exception {
        ReplicaServer server = serve(target, LONG);
        write("database", 3_000_000);
        SendOutcome.Stored first = (SendOutcome.Stored) send(server, owner.snapshot(1, 1), 1);
        write("small", 1000);
        StoredSnapshot snapshot = owner.snapshot(1, 2);
        SendOutcome.Stored second = (SendOutcome.Stored) send(server, snapshot, 1);

        assertThat(first.base()).isEmpty();
        assertThat(first.bytes()).isGreaterThan(3_000_000);
        assertThat(second.base()).contains(first.snapshot().id());
        assertThat(second.bytes()).isLessThan(20_000);
        assertThat(target.driver.replicas(Store.GUEST)).containsExactly(first.snapshot(), snapshot);
        assertThat(events).anyMatch(event -> event instanceof ReceiveEvent.Stored stored
                && stored.snapshot().equals(snapshot));
        assertThat(target.floors.floor(Store.GUEST))
                .contains(new ReplicaFloor(1, ReplicaFloor.Purpose.RECEIVE, Store.LIFE));
    }

    @Test
    void whatBothHoldIsNotDeletedOnEitherSide() throws Exception {
        ReplicaServer server = serve(target, LONG);
        StoredSnapshot common = owner.snapshot(1, 1);
        send(server, common, 1);
        for (int sequence = 2; sequence <= 5; sequence++) {
            write("file", sequence);
            owner.snapshot(1, sequence);
        }
        owner.driver.retain(Store.GUEST, 1, java.util.Set.of());

        assertThat(owner.driver.snapshots(Store.GUEST)).contains(common).hasSize(2);
    }

    @Test
    void aSourceBelowTheFloorIsRefusedBeforeItSendsAnything() throws Exception {
        ReplicaServer server = serve(target, LONG);
        StoredSnapshot snapshot = owner.snapshot(1, 1);
        target.floors.file(Store.GUEST, new ReplicaFloor(4, ReplicaFloor.Purpose.RECEIVE, Store.LIFE));

        SendOutcome outcome = send(server, snapshot, 3);

        assertThat(outcome).isInstanceOfSatisfying(SendOutcome.Refused.class, refused -> {
            assertThat(refused.refusal().reason()).isEqualTo(Refusal.Reason.EPOCH_TOO_LOW);
            assertThat(refused.refusal().detail()).contains("epoch 3", "epoch 4");
        });
        assertThat(target.driver.replicas(Store.GUEST)).isEmpty();
        assertThat(awaitEvent(event -> event instanceof ReceiveEvent.Refused)).isNotNull();
    }

    @Test
    void anotherNodeOrAnotherLifeOfItIsRefused() throws Exception {
        ReplicaServer server = serve(target, LONG);
        StoredSnapshot snapshot = owner.snapshot(1, 1);
        for (Hello wrong : List.of(
                hello(snapshot, 1, "c", Store.LIFE), hello(snapshot, 1, "b", new Incarnation(1, 2)))) {
            assertThat(sender(LONG).send(address(server), wrong, bytes -> {}))
                    .isInstanceOfSatisfying(
                            SendOutcome.Refused.class,
                            refused -> assertThat(refused.refusal().reason())
                                    .isEqualTo(Refusal.Reason.WRONG_TARGET));
        }
    }

    @Test
    void garbageOnThePortIsRefusedAndNamed() throws Exception {
        ReplicaServer server = serve(target, LONG);
        try (Connection connection = address(server).open(LONG)) {
            OutputStream out = connection.output();
            out.write("GET / HTTP/1.1\r\nHost: b\r\n\r\n".getBytes());
            out.flush();
            ReceiveEvent.Refused refused =
                    (ReceiveEvent.Refused) awaitEvent(event -> event instanceof ReceiveEvent.Refused);
            assertThat(refused.refusal().reason()).isEqualTo(Refusal.Reason.GARBAGE);
            assertThat(refused.refusal().detail()).contains("47455420");
            assertThat(refused.from()).contains(way().calledFrom());
        }
        assertThat(send(server, owner.snapshot(1, 1), 1)).isInstanceOf(SendOutcome.Stored.class);
    }

    @Test
    void randomGarbageInAnyFieldNeverStopsTheServer() throws Exception {
        ReplicaServer server = serve(target, SHORT);
        Random random = new Random(1);
        for (int i = 0; i < 30; i++) {
            try (Connection connection = address(server).open(LONG)) {
                byte[] bytes = new byte[random.nextInt(400)];
                random.nextBytes(bytes);
                connection.output().write(new byte[] {0x48, 0x46, 0x52, 0x31, 0, 0, (byte) random.nextInt(2)});
                connection.output().write(bytes);
                connection.output().flush();
            } catch (IOException e) {
                // The server had seen enough.
            }
        }
        assertThat(send(server, owner.snapshot(1, 1), 1)).isInstanceOf(SendOutcome.Stored.class);
    }

    @Test
    void aConnectionThatSaysNothingIsCut() throws Exception {
        ReplicaServer server = serve(target, SHORT);
        try (Connection connection = address(server).open(LONG)) {
            ReceiveEvent.Refused refused =
                    (ReceiveEvent.Refused) awaitEvent(event -> event instanceof ReceiveEvent.Refused);
            assertThat(refused.refusal().detail()).contains("no hello within");
            assertThat(connection.input().read()).isEqualTo(-1);
        }
    }

    @Test
    void aSourceThatFallsSilentHalfwayIsCutAndTheLastReplicaStays() throws Exception {
        ReplicaServer server = serve(target, SHORT);
        StoredSnapshot first = owner.snapshot(1, 1);
        send(server, first, 1);
        write("database", 3_000_000);
        StoredSnapshot second = owner.snapshot(1, 2);
        try (Way.Broken broken = way().broken(server, 1_000_000, false)) {
            CompletableFuture.runAsync(() -> sender(LONG).send(broken.route(), hello(second, 1), bytes -> {}));
            ReceiveEvent.Failed failed =
                    (ReceiveEvent.Failed) awaitEvent(event -> event instanceof ReceiveEvent.Failed);
            assertThat(failed.cause()).isEqualTo(ReceiveEvent.Cause.STALLED);
        }
        assertThat(target.driver.newest(Store.GUEST)).contains(first);
    }

    @Test
    void aTargetThatFallsSilentHalfwayIsGivenUp() throws Exception {
        ReplicaServer server = serve(target, LONG);
        write("database", 30_000_000);
        StoredSnapshot snapshot = owner.snapshot(1, 1);
        try (Way.Broken broken = way().broken(server, 1_000_000, false)) {
            SendOutcome outcome = sender(SHORT).send(broken.route(), hello(snapshot, 1), bytes -> {});
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            SendOutcome.Failed.class,
                            failed -> assertThat(failed.reason()).isEqualTo(SendOutcome.Reason.STALLED));
        }
    }

    @Test
    void connectionsCutAtRandomPlacesLeaveTheTargetPromotableAndTheNextTryComplete() throws Exception {
        ReplicaServer server = serve(target, LONG);
        write("database", 1_000_000);
        StoredSnapshot first = owner.snapshot(1, 1);
        send(server, first, 1);
        write("more", 1_000_000);
        StoredSnapshot second = owner.snapshot(1, 2);
        Random random = new Random(5);
        for (int cut = 0; cut < 20; cut++) {
            try (Way.Broken broken = way().broken(server, random.nextInt(1_000_000), true)) {
                assertThat(sender(LONG).send(broken.route(), hello(second, 1), bytes -> {}))
                        .isInstanceOf(SendOutcome.Failed.class);
            }
            assertThat(target.driver.newest(Store.GUEST)).contains(first);
            assertThat(receives.killAll(Store.GUEST, LONG)).isTrue();
        }
        assertThat(send(server, second, 1)).isInstanceOf(SendOutcome.Stored.class);
    }

    @Test
    void aPromotionKillsWhatIsBeingReceivedAndShutsTheOldOwnerOut() throws Exception {
        CountDownLatch receiving = new CountDownLatch(1);
        Store slow = Store.open(folder.resolve("b"), step -> {
            if (step == Steps.Step.PART_WRITTEN && receiving.getCount() == 0) {
                park();
            }
        });
        ReplicaServer server = serve(slow, LONG);
        write("database", 3_000_000);
        StoredSnapshot first = owner.snapshot(1, 1);
        send(server, first, 1);
        Map<String, String> expected = FileTrees.describe(owner.live());
        write("more", 3_000_000);
        StoredSnapshot second = owner.snapshot(1, 2);
        receiving.countDown();
        CompletableFuture<SendOutcome> sending = CompletableFuture.supplyAsync(() -> send(server, second, 1));
        awaitEvent(event -> event instanceof ReceiveEvent.Progress progress
                && progress.hello().snapshot().equals(second.id()));

        Promotion promotion =
                new Promotion(slow.driver, Store.LIFE, slow.floors, receives, guest -> Optional.empty());
        Promotion.Outcome outcome =
                promotion.run(new Promotion.Command(Store.GUEST, 2, Store.LIFE, Optional.of(first.snapshot())));

        assertThat(receives.count(Store.GUEST)).isZero();
        assertThat(outcome).isEqualTo(new Promotion.Outcome.Promoted(2, first, Optional.empty()));
        assertThat(FileTrees.describe(slow.live())).isEqualTo(expected);
        assertThat(sending.get(30, TimeUnit.SECONDS)).isInstanceOf(SendOutcome.Failed.class);
        assertThat(awaitEvent(event -> event instanceof ReceiveEvent.Failed failed
                        && failed.cause() == ReceiveEvent.Cause.KILLED))
                .isNotNull();
        assertThat(send(server, second, 1)).isInstanceOf(SendOutcome.Refused.class);
        assertThat(send(server, second, 2)).isInstanceOf(SendOutcome.Refused.class);
    }

    @Test
    void afterAFailoverTheOldOwnerIsBroughtUpByAnIncrement() throws Exception {
        ReplicaServer there = serve(target, LONG);
        write("database", 3_000_000);
        StoredSnapshot common = owner.snapshot(1, 1);
        send(there, common, 1);
        target.promote(2);
        Files.write(target.live().resolve("new"), new byte[500]);
        StoredSnapshot next = target.snapshot(2, 1);

        ReplicaServer here = serve(owner, "a", LONG);
        ReplicaSender sender = new ReplicaSender(target.driver, config(LONG), Bandwidth.UNLIMITED);
        Hello hello = new Hello(
                Store.GUEST, 2, "b", Store.LIFE, "a", Store.LIFE, next.id(), sender.bases(Store.GUEST, next.id()));
        SendOutcome.Stored stored = (SendOutcome.Stored) sender.send(address(here), hello, bytes -> {});

        assertThat(stored.base()).contains(common.id());
        assertThat(stored.bytes()).isLessThan(10_000);
        Map<String, String> expected = FileTrees.describe(target.live());
        owner.promote(3);
        assertThat(FileTrees.describe(owner.live())).isEqualTo(expected);
    }

    @Test
    void progressIsToldOnBothSides() throws Exception {
        ReplicaServer server = serve(target, LONG);
        write("database", 1_000_000);
        List<Progress> told = new ArrayList<>();
        StoredSnapshot snapshot = owner.snapshot(1, 1);
        SendOutcome.Stored stored =
                (SendOutcome.Stored) sender(LONG).send(address(server), hello(snapshot, 1), told::add);

        assertThat(told).extracting(Progress::bytes).isSorted().endsWith(stored.bytes());
        assertThat(told.getLast().bytesPerSecond()).isPositive();
        assertThat(events).anyMatch(event ->
                event instanceof ReceiveEvent.Progress progress && progress.bytes() == stored.bytes());
    }

    @Test
    void aLimitThatLetsNothingThroughForLongerThanTheStallLimitIsNoStall() throws Exception {
        ReplicaServer server = serve(target, SHORT);
        write("database", 60_000);
        StoredSnapshot snapshot = owner.snapshot(1, 1);
        // The one chunk of this stream waits for about five stall limits.
        Bandwidth low = Bandwidth.of(40_000);

        SendOutcome outcome =
                new ReplicaSender(owner.driver, config(SHORT), low).send(address(server), hello(snapshot, 1), bytes -> {});

        assertThat(outcome).isInstanceOf(SendOutcome.Stored.class);
    }

    @Test
    void aTargetThatFallsSilentUnderALimitIsGivenUpLongBeforeTheBuffersAreFull() throws Exception {
        ReplicaServer server = serve(target, SHORT);
        write("database", 9_000_000);
        StoredSnapshot snapshot = owner.snapshot(1, 1);
        AtomicLong sent = new AtomicLong();
        try (Way.Broken broken = way().broken(server, 10_000, false)) {
            SendOutcome outcome = new ReplicaSender(owner.driver, config(SHORT), Bandwidth.of(1_000_000))
                    .send(broken.route(), hello(snapshot, 1), progress -> sent.set(progress.bytes()));
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            SendOutcome.Failed.class,
                            failed -> assertThat(failed.reason()).isEqualTo(SendOutcome.Reason.STALLED));
        }
        assertThat(sent).hasValueLessThan(2_000_000);
    }

    @Test
    void aTargetWhoseDiskIsSlowHoldsTheOwnerBack() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Store slow = Store.open(folder.resolve("b"), step -> {
            if (step == Steps.Step.MANIFEST_READ) {
                await(go);
            }
        });
        ReplicaServer server = serve(slow, LONG);
        write("database", 60_000_000);
        StoredSnapshot snapshot = owner.snapshot(1, 1);
        AtomicLong sent = new AtomicLong();
        CompletableFuture<SendOutcome> sending = CompletableFuture.supplyAsync(() -> sender(LONG).send(
                address(server), hello(snapshot, 1), progress -> sent.set(progress.bytes())));
        awaitEvent(event -> event instanceof ReceiveEvent.Progress);
        awaitStandstill(sent);

        assertThat(sent).hasValueLessThan(40_000_000);
        go.countDown();
        assertThat(sending.get(60, TimeUnit.SECONDS)).isInstanceOf(SendOutcome.Stored.class);
    }

    @Test
    void anUnreachableTargetAndAMissingSnapshotAreValues() throws Exception {
        StoredSnapshot snapshot = owner.snapshot(1, 1);
        ReplicaServer gone = serve(target, LONG);
        Route nobody = address(gone);
        gone.close();
        awaitRefusal(gone.port());

        assertThat(sender(LONG).send(nobody, hello(snapshot, 1), bytes -> {}))
                .isInstanceOfSatisfying(
                        SendOutcome.Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(SendOutcome.Reason.UNREACHABLE));
        Hello missing = new Hello(Store.GUEST, 1, "a", Store.LIFE, "b", Store.LIFE, "1-9-none", List.of());
        assertThat(sender(LONG).send(nobody, missing, bytes -> {}))
                .isInstanceOfSatisfying(
                        SendOutcome.Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(SendOutcome.Reason.NOTHING_TO_SEND));
    }

    @Test
    void aSecondReceiveOfAGuestIsToldThatOneIsUnderWay() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Store slow = Store.open(folder.resolve("b"), step -> {
            if (step == Steps.Step.MANIFEST_READ) {
                await(go);
            }
        });
        ReplicaServer server = serve(slow, LONG);
        write("database", 1_000_000);
        StoredSnapshot snapshot = owner.snapshot(1, 1);
        CompletableFuture<SendOutcome> first = CompletableFuture.supplyAsync(() -> send(server, snapshot, 1));
        awaitEvent(event -> event instanceof ReceiveEvent.Progress);

        assertThat(send(server, snapshot, 1))
                .isInstanceOfSatisfying(
                        SendOutcome.Failed.class, failed -> assertThat(failed.detail()).startsWith("BUSY"));
        go.countDown();
        assertThat(first.get(30, TimeUnit.SECONDS)).isInstanceOf(SendOutcome.Stored.class);
    }

    ReplicaServer serve(Store store, Duration stall) throws IOException {
        return serve(store, "b", stall);
    }

    private ReplicaServer serve(Store store, String node, Duration stall) throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        ReplicaServer server = ReplicaServer.start(
                new ReplicaServer.Config(any, node, Store.LIFE, stall),
                store.driver,
                store.floors,
                receives,
                events::add);
        open.add(server);
        return server;
    }

    SendOutcome send(ReplicaServer server, StoredSnapshot snapshot, long epoch) {
        return sender(LONG).send(address(server), hello(snapshot, epoch), bytes -> {});
    }

    ReplicaSender sender(Duration stall) {
        return new ReplicaSender(owner.driver, config(stall), Bandwidth.UNLIMITED);
    }

    private static ReplicaSender.Config config(Duration stall) {
        return new ReplicaSender.Config(LONG, stall, LONG);
    }

    Hello hello(StoredSnapshot snapshot, long epoch) {
        return hello(snapshot, epoch, "b", Store.LIFE);
    }

    private Hello hello(StoredSnapshot snapshot, long epoch, String node, Incarnation life) {
        try {
            List<String> bases = sender(LONG).bases(Store.GUEST, snapshot.id());
            return new Hello(Store.GUEST, epoch, "a", Store.LIFE, node, life, snapshot.id(), bases);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Route address(ReplicaServer server) {
        return way().to(server);
    }

    ReceiveEvent awaitEvent(Predicate<ReceiveEvent> wanted) throws InterruptedException {
        long deadline = System.nanoTime() + LONG.toNanos();
        while (true) {
            ReceiveEvent event = events.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            assertThat(event).as("an event within " + LONG).isNotNull();
            if (wanted.test(event)) {
                return event;
            }
        }
    }

    /** A closed socket may still be connected to for a moment. */
    static void awaitRefusal(int port) throws IOException, InterruptedException {
        InetSocketAddress closed = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        while (true) {
            try (Socket socket = new Socket()) {
                socket.connect(closed, (int) LONG.toMillis());
                Thread.sleep(10);
            } catch (ConnectException refused) {
                return;
            } catch (SocketException reset) {
                // Closed while it waited to be taken.
            }
        }
    }

    private static void awaitStandstill(AtomicLong value) throws InterruptedException {
        for (long before = -1; value.get() != before; ) {
            before = value.get();
            Thread.sleep(500);
        }
    }

    void write(String name, int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(name.hashCode()).nextBytes(bytes);
        Files.write(owner.live().resolve(name), bytes);
    }

    private static void park() throws IOException {
        await(new CountDownLatch(1));
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException("killed", e);
        }
    }
}
