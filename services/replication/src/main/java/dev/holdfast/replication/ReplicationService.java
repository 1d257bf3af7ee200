package dev.holdfast.replication;

import dev.holdfast.core.event.GuestEvent.DropAside;
import dev.holdfast.core.event.GuestEvent.GuestOrder;
import dev.holdfast.core.event.GuestEvent.HoldReplication;
import dev.holdfast.core.event.GuestEvent.PromoteReplica;
import dev.holdfast.core.event.GuestEvent.ReplicateFinal;
import dev.holdfast.core.event.GuestEvent.ReplicateNow;
import dev.holdfast.core.event.GuestEvent.SetAside;
import dev.holdfast.core.event.GuestEvent.StartGuest;
import dev.holdfast.core.guest.Placeholders;
import dev.holdfast.core.guest.ReplicationPolicy;
import dev.holdfast.core.message.ReplicaReport;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.guard.client.Answer;
import dev.holdfast.guard.client.GuardClient;
import dev.holdfast.guard.protocol.GuestView;
import dev.holdfast.messaging.ReadingLoop;
import dev.holdfast.encoding.Received;
import dev.holdfast.messaging.RecordDecoder;
import dev.holdfast.messaging.ReportWriter;
import dev.holdfast.messaging.TopicReader;
import dev.holdfast.messaging.TopicWriter;
import dev.holdfast.replication.transfer.InFlightReceives;
import dev.holdfast.replication.transfer.ReceiveEvent;
import dev.holdfast.replication.transfer.ReplicaServer;
import dev.holdfast.replication.volume.ReplicaFloors;
import dev.holdfast.replication.volume.VolumeDriver;
import dev.holdfast.schemas.TopicCatalogue;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
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
    /** Starts of the past that are looked at for policies, and how long at most. */
    private static final long STARTS_READ = 1_000;

    private static final int MOST_POLLS = 20;
    private static final Duration UNDER_WAY = Duration.ofSeconds(30);

    private final Owner owner;
    private final String node;
    private final Incarnation incarnation;
    private final GuardClient guard;
    private final VolumeDriver driver;
    private final ReplicaFloors floors;
    private final InFlightReceives receives = new InFlightReceives();
    private final VolumeOrders orders;
    private final SnapshotSender sender;
    private final LastIncrement lastIncrement;
    private final ReportWriter<ReplicaReport> reports;
    private final InetSocketAddress listen;
    private final Supplier<Duration> clock;
    private final Function<StartGuest, Placeholders> placeholders;
    private final Consumer<byte[], byte[]> consumer;
    private final TopicReader reader;
    private final Map<String, OwnedGuest> owned = new ConcurrentHashMap<>();
    private final Map<String, StartGuest> started = new ConcurrentHashMap<>();
    private final Map<String, HoldReplication> holds = new ConcurrentHashMap<>();
    private final Map<String, ReplicationPolicy> policies = new ConcurrentHashMap<>();
    private final Map<String, ExecutorService> workers = new ConcurrentHashMap<>();
    private final ReadingLoop loop;
    private volatile List<String> peers = List.of();
    private ReplicaServer server;

    /**
     * @param listen where this node receives
     * @param floors this machine's replica floors
     * @param sender sends to the other nodes
     * @param clock the node's witness clock
     * @param placeholders what stands for what in the commands of a guest that is started here
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
            Function<StartGuest, Placeholders> placeholders,
            Consumer<byte[], byte[]> consumer,
            RecordDecoder decoder) {
        this.owner = owner;
        this.node = owner.node();
        this.incarnation = owner.incarnation();
        this.listen = listen;
        this.guard = guard;
        this.driver = driver;
        this.floors = floors;
        this.orders = new VolumeOrders(node, incarnation, guard, driver, floors, receives);
        this.sender = sender;
        this.reports = new ReportWriter<>(reports, ReplicaReport::guest, "replica-reports");
        this.clock = clock;
        this.placeholders = placeholders;
        this.lastIncrement = new LastIncrement(owner, driver, clock, sender, this.reports::file);
        this.consumer = consumer;
        this.reader = new TopicReader(consumer, decoder);
        this.loop = new ReadingLoop("replica-commands", consumer, POLL, () -> reader.poll(POLL).forEach(this::take));
    }

    /** Notes where the orders of this incarnation will begin. Call before its first beat. */
    public void position() {
        learnPolicies();
        List<TopicPartition> both = List.of(ORDERS, STARTS);
        consumer.assign(both);
        consumer.seekToEnd(both);
        both.forEach(consumer::position);
    }

    /** How much is kept of what others run: without this a node that comes back would keep what is usual. */
    private void learnPolicies() {
        List<TopicPartition> starts = List.of(STARTS);
        consumer.assign(starts);
        long end = consumer.endOffsets(starts).get(STARTS);
        consumer.seek(STARTS, Math.max(consumer.beginningOffsets(starts).get(STARTS), end - STARTS_READ));
        for (int polls = 0; polls < MOST_POLLS && consumer.position(STARTS) < end; polls++) {
            reader.poll(POLL).forEach(this::noteStart);
        }
    }

    private void noteStart(Received received) {
        if (received instanceof Received.Message message && message.body() instanceof StartGuest start) {
            policies.put(start.guest(), start.spec().replication());
        }
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
        noteStart(received);
        if (received instanceof Received.Message message && message.body() instanceof GuestOrder order
                && order.node().equals(node) && order.incarnation().equals(incarnation)) {
            carryOut(order);
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
                guest, node, incarnation, stored.snapshot().snapshot(), stored.bytes(), stored.took(),
                stored.base().orElse(null)));
        retain(guest, policy(guest).keepTargets());
    }

    private ReplicationPolicy policy(String guest) {
        return policies.getOrDefault(guest, ReplicationPolicy.DEFAULT);
    }

    private void retain(String guest, int keep) {
        try {
            driver.retain(guest, keep, Set.of());
        } catch (IOException failed) {
            LOG.warn("old snapshots of {} were not removed: {}", guest, failed.getMessage());
        }
    }

    private void carryOut(GuestOrder order) {
        switch (order) {
            case StartGuest start -> worker(start.guest()).execute(() -> own(start));
            case PromoteReplica promote -> inTurn(promote, () -> reports.file(orders.promote(promote)));
            case SetAside aside -> inTurn(aside, () -> reports.file(orders.setAside(aside)));
            case ReplicateFinal last -> inTurn(last, () -> replicateFinal(last));
            case ReplicateNow now -> inTurn(now, () -> replicateNow(now));
            case HoldReplication hold -> inTurn(hold, () -> hold(hold));
            case DropAside drop -> inTurn(drop, () -> reports.file(orders.dropAside(drop)));
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
        OwnedGuest now = new OwnedGuest(
                start, owner, new GuardedRun(start, guard, placeholders), driver, clock, reports::file,
                peer -> feed(start, peer));
        now.replicateTo(peers);
        HoldReplication hold = holds.get(start.guest());
        // The two come on different topics; an order about a run is always given after the order to start it.
        if (hold != null && hold.epoch() == start.epoch()) {
            now.hold(hold.hold());
        }
        owned.put(start.guest(), now);
        // They may have become others while it was not yet among those that are told.
        now.replicateTo(peers);
    }

    /** Sends a guest's snapshots to a node, from the next one that is taken. */
    private TargetFeed feed(StartGuest start, String peer) {
        return new TargetFeed(
                start.guest(), owner, peer, start.spec().replication().interval(), sender, reports::file, clock);
    }

    /** The other nodes of the cluster: from now on the targets of every guest that runs here. */
    public void replicateTo(List<String> nodes) {
        peers = List.copyOf(nodes);
        owned.values().forEach(guest -> guest.replicateTo(peers));
    }

    private void hold(HoldReplication order) {
        holds.put(order.guest(), order);
        OwnedGuest guest = owned.get(order.guest());
        if (guest != null && guest.epoch() == order.epoch()) {
            guest.hold(order.hold());
        }
    }

    private void replicateNow(ReplicateNow order) {
        OwnedGuest guest = owned.get(order.guest());
        if (guest != null && guest.epoch() == order.epoch()) {
            guest.replicateNow(order.command());
        } else {
            reports.file(new ReplicaReport.SnapshotDropped(
                    order.guest(), node, incarnation, order.epoch(), 0,
                    "it does not run here under epoch " + order.epoch(), null, order.command()));
        }
    }

    /** How the copies of each guest that runs here stand, in the order of their names. */
    public List<CopyStatus> copies() {
        return owned.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(guest -> guest.getValue().status().stream())
                .toList();
    }

    private void replicateFinal(ReplicateFinal order) {
        try {
            OwnedGuest guest = owned.get(order.guest());
            if (guest != null && guest.epoch() == order.epoch()) {
                guest.endSchedule(UNDER_WAY);
            }
            lastIncrement.carryOut(order, started.get(order.guest()), () -> mayRun(order.guest()));
            retain(order.guest(), policy(order.guest()).keep());
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean mayRun(String guest) {
        return !(guard.list() instanceof Answer.Given<List<GuestView>> given)
                || given.value().stream().anyMatch(view -> view.guest().equals(guest));
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
