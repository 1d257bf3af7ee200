package dev.holdfast.replication;

import dev.holdfast.core.event.GuestEvent.GuestOrder;
import dev.holdfast.core.event.GuestEvent.PromoteReplica;
import dev.holdfast.core.event.GuestEvent.ReplicateFinal;
import dev.holdfast.core.event.GuestEvent.SetAside;
import dev.holdfast.core.event.GuestEvent.StartGuest;
import dev.holdfast.core.guest.ReplicationPolicy;
import dev.holdfast.core.message.ReplicaReport;
import dev.holdfast.core.message.Snapshot;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.guard.client.Answer;
import dev.holdfast.guard.client.GuardClient;
import dev.holdfast.guard.protocol.GuestView;
import dev.holdfast.messaging.ReadingLoop;
import dev.holdfast.messaging.Received;
import dev.holdfast.messaging.RecordDecoder;
import dev.holdfast.messaging.ReportWriter;
import dev.holdfast.messaging.TopicReader;
import dev.holdfast.messaging.TopicWriter;
import dev.holdfast.replication.transfer.InFlightReceives;
import dev.holdfast.replication.transfer.ReceiveEvent;
import dev.holdfast.replication.transfer.ReplicaServer;
import dev.holdfast.replication.volume.Pause;
import dev.holdfast.replication.volume.ReplicaFloors;
import dev.holdfast.replication.volume.VolumeDriver;
import dev.holdfast.schemas.TopicCatalogue;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies the volumes of the guests that one incarnation of this node runs, and carries out what is ordered about
 * volumes: promote, last increment, set aside. It learns of its guests from the same start orders as recovery, and
 * from the guard whether they run. Owns the consumer.
 */
public final class ReplicationService implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReplicationService.class);
    private static final TopicPartition ORDERS = new TopicPartition(TopicCatalogue.REPLICA_COMMANDS.name(), 0);
    private static final TopicPartition STARTS = new TopicPartition(TopicCatalogue.GUEST_COMMANDS.name(), 0);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration UNDER_WAY = Duration.ofSeconds(30);
    private static final int FINAL_ATTEMPTS = 3;

    private final String node;
    private final Incarnation incarnation;
    private final List<String> peers;
    private final GuardClient guard;
    private final VolumeDriver driver;
    private final ReplicaFloors floors;
    private final InFlightReceives receives = new InFlightReceives();
    private final VolumeOrders orders;
    private final SnapshotSender sender;
    private final ReportWriter<ReplicaReport> reports;
    private final InetSocketAddress listen;
    private final Supplier<Duration> clock;
    private final Consumer<byte[], byte[]> consumer;
    private final TopicReader reader;
    private final Map<String, OwnedGuest> owned = new ConcurrentHashMap<>();
    private final Map<String, StartGuest> started = new ConcurrentHashMap<>();
    private final Map<String, Integer> kept = new ConcurrentHashMap<>();
    private final Map<String, ExecutorService> workers = new ConcurrentHashMap<>();
    private final ReadingLoop loop;
    private ReplicaServer server;

    /**
     * @param listen where this node receives
     * @param floors this machine's replica floors
     * @param sender sends to the other nodes
     * @param clock the node's witness clock
     */
    public ReplicationService(
            Owner owner,
            InetSocketAddress listen,
            GuardClient guard,
            VolumeDriver driver,
            ReplicaFloors floors,
            SnapshotSender sender,
            TopicWriter<ReplicaReport> reports,
            Supplier<Duration> clock,
            Consumer<byte[], byte[]> consumer,
            RecordDecoder decoder) {
        this.node = owner.node();
        this.incarnation = owner.incarnation();
        this.peers = owner.peers();
        this.listen = listen;
        this.guard = guard;
        this.driver = driver;
        this.floors = floors;
        this.orders = new VolumeOrders(node, incarnation, guard, driver, floors, receives);
        this.sender = sender;
        this.reports = new ReportWriter<>(reports, ReplicaReport::guest, "replica-reports");
        this.clock = clock;
        this.consumer = consumer;
        this.reader = new TopicReader(consumer, decoder);
        this.loop = new ReadingLoop("replica-commands", consumer, POLL, () -> reader.poll(POLL).forEach(this::take));
    }

    /** Notes where the orders of this incarnation will begin. Call before its first beat. */
    public void position() {
        List<TopicPartition> both = List.of(ORDERS, STARTS);
        consumer.assign(both);
        consumer.seekToEnd(both);
        both.forEach(consumer::position);
    }

    /**
     * Begins to receive, to replicate and to carry out orders.
     *
     * @throws IOException if the address to receive on is taken
     */
    public void begin() throws IOException {
        server = ReplicaServer.start(
                new ReplicaServer.Config(listen, node, incarnation, Stall.LIMIT), driver, floors, receives,
                this::onReceive);
        loop.begin();
    }

    private void take(Received received) {
        if (received instanceof Received.Message message && message.body() instanceof GuestOrder order) {
            if (order instanceof StartGuest start) {
                kept.put(start.guest(), start.spec().replication().keep());
            }
            if (order.node().equals(node) && order.incarnation().equals(incarnation)) {
                carryOut(order);
            }
        }
    }

    private void onReceive(ReceiveEvent event) {
        switch (event) {
            case ReceiveEvent.Stored stored -> onStored(stored);
            case ReceiveEvent.Refused refused ->
                LOG.info("refused to receive from {}: {}", refused.from(), refused.refusal().detail());
            case ReceiveEvent.Failed failed ->
                LOG.info("receive of {} from {} failed: {}", failed.hello().guest(), failed.hello().source(),
                        failed.detail());
            case ReceiveEvent.Progress progress -> { }
        }
    }

    private void onStored(ReceiveEvent.Stored stored) {
        String guest = stored.hello().guest();
        reports.file(new ReplicaReport.Replicated(
                guest, node, incarnation, stored.snapshot().snapshot(), stored.bytes(), stored.took()));
        try {
            driver.retain(guest, kept.getOrDefault(guest, ReplicationPolicy.DEFAULT.keep()), Set.of());
        } catch (IOException failed) {
            LOG.warn("old replicas of {} were not removed: {}", guest, failed.getMessage());
        }
    }

    private void carryOut(GuestOrder order) {
        switch (order) {
            case StartGuest start -> worker(start.guest()).execute(() -> own(start));
            case PromoteReplica promote -> inTurn(promote, () -> reports.file(orders.promote(promote)));
            case SetAside aside -> inTurn(aside, () -> reports.file(orders.setAside(aside)));
            case ReplicateFinal last -> inTurn(last, () -> replicateFinal(last));
            default -> { }
        }
    }

    private void inTurn(GuestOrder order, Runnable work) {
        LOG.info("{}", order.summary());
        worker(order.guest()).execute(() -> {
            try {
                work.run();
            } catch (RuntimeException failed) {
                LOG.error("not carried out: {}", order.summary(), failed);
            }
        });
    }

    private ExecutorService worker(String guest) {
        return workers.computeIfAbsent(guest, name -> Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("volume-" + name).daemon().factory()));
    }

    private void own(StartGuest start) {
        OwnedGuest before = owned.remove(start.guest());
        if (before != null) {
            before.close();
        }
        started.put(start.guest(), start);
        owned.put(start.guest(), new OwnedGuest(
                start, node, incarnation, guard, driver, clock, reports, feeds(start.guest())));
    }

    private List<TargetFeed> feeds(String guest) {
        return peers.stream()
                .map(peer -> new TargetFeed(guest, node, incarnation, peer, sender, reports))
                .toList();
    }

    /** The guest stands still for good: one more snapshot, and the target gets exactly that one. */
    private void replicateFinal(ReplicateFinal order) {
        try {
            Optional<Snapshot> last = lastSnapshot(order);
            if (last.isEmpty()) {
                failed(order, "no snapshot of the stopped volume could be taken", 1);
                return;
            }
            send(order, last.get());
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<Snapshot> lastSnapshot(ReplicateFinal order) throws InterruptedException {
        StartGuest start = started.get(order.guest());
        boolean stillRuns = !(guard.list() instanceof Answer.Given<List<GuestView>> given)
                || given.value().stream().anyMatch(view -> view.guest().equals(order.guest()));
        if (start == null || start.epoch() != order.epoch() || stillRuns) {
            return Optional.empty();
        }
        OwnedGuest guest = owned.get(order.guest());
        guest.endSchedule(UNDER_WAY);
        return guest.takeOne(Pause.NOT_RUNNING, true);
    }

    private void send(ReplicateFinal order, Snapshot last) {
        for (int attempt = 1; attempt <= FINAL_ATTEMPTS && !loop.isClosing(); attempt++) {
            switch (sender.send(order.guest(), last, order.target())) {
                case SnapshotSender.Sent.Arrived arrived -> {
                    return;
                }
                case SnapshotSender.Sent.Failed failure -> {
                    if (attempt == FINAL_ATTEMPTS) {
                        failed(order, failure.reason(), attempt);
                    } else {
                        pause();
                    }
                }
            }
        }
    }

    private void failed(ReplicateFinal order, String reason, int attempts) {
        reports.file(new ReplicaReport.ReplicationFailed(
                order.guest(), node, incarnation, order.target(), reason, attempts));
    }

    private static void pause() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        loop.close();
        closeServer();
        owned.values().forEach(OwnedGuest::close);
        workers.values().forEach(ExecutorService::shutdown);
        reports.close();
    }

    private void closeServer() {
        try {
            if (server != null) {
                server.close();
            }
        } catch (IOException failed) {
            LOG.warn("the replica server did not close: {}", failed.getMessage());
        }
    }
}
