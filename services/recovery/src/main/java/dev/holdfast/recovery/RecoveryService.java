package dev.holdfast.recovery;

import dev.holdfast.core.agent.RunningGuests;
import dev.holdfast.core.event.GuestEvent.GuestOrder;
import dev.holdfast.core.event.GuestEvent.StartGuest;
import dev.holdfast.core.event.GuestEvent.StopGuest;
import dev.holdfast.core.message.GuestReport;
import dev.holdfast.guard.client.GuardClient;
import dev.holdfast.guard.protocol.Reply;
import dev.holdfast.messaging.ReadingLoop;
import dev.holdfast.encoding.Received;
import dev.holdfast.messaging.RecordDecoder;
import dev.holdfast.messaging.ReportWriter;
import dev.holdfast.messaging.TopicReader;
import dev.holdfast.messaging.TopicWriter;
import dev.holdfast.schemas.TopicCatalogue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the orders addressed to one incarnation of this node and reports what became of them. Owns the
 * consumer; the guard's client belongs to the caller, which also hands on the guard's news.
 *
 * <p>Orders to an incarnation are written only after its first beat was read, so it is enough to read
 * {@code guest.commands} from the end it had before that beat.
 */
public final class RecoveryService implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RecoveryService.class);
    private static final TopicPartition COMMANDS = new TopicPartition(TopicCatalogue.GUEST_COMMANDS.name(), 0);

    /** Longer than any guest's stop grace should be; what is left then dies with the guard. */
    private static final Duration STOPPING = Duration.ofMinutes(2);

    private static final Duration LOOK = Duration.ofMillis(50);

    private final NodeFacts node;
    private final NodeFacts facts;
    private final GuardClient guard;
    private final Consumer<byte[], byte[]> consumer;
    private final TopicReader reader;
    private final ReportWriter<GuestReport> reports;
    private final RunningGuests running;
    private final FloorFile floors;
    private final Supplier<Duration> clock;
    private final Duration checkIn;
    private final Map<String, GuestWorker> workers = new ConcurrentHashMap<>();
    private volatile boolean stopping;
    private final ReadingLoop loop;

    /**
     * @param clock the node's witness clock, for the reports
     * @param checkIn how often to tell the guard that orders can be carried out; well below three watchdog times
     */
    public RecoveryService(
            NodeFacts node,
            GuardClient guard,
            Consumer<byte[], byte[]> consumer,
            RecordDecoder decoder,
            TopicWriter<GuestReport> reports,
            RunningGuests running,
            Supplier<Duration> clock,
            Duration checkIn) {
        this.node = node;
        this.facts = node.onlyWhile(() -> !stopping);
        this.guard = guard;
        this.consumer = consumer;
        this.reader = new TopicReader(consumer, decoder);
        this.reports = new ReportWriter<>(reports, GuestReport::guest, "guest-reports");
        this.running = running;
        this.floors = new FloorFile(node.machine());
        this.clock = clock;
        this.checkIn = checkIn;
        this.loop = new ReadingLoop("guest-commands", consumer, checkIn, this::read);
    }

    /** Notes where the orders of this incarnation will begin. Call before its first beat. */
    public void position() {
        consumer.assign(List.of(COMMANDS));
        consumer.seekToEnd(List.of(COMMANDS));
        consumer.position(COMMANDS);
    }

    /** Begins to carry out orders. */
    public void begin() {
        loop.begin();
    }

    private void read() {
        reader.poll(checkIn).forEach(this::take);
        guard.checkIn(node.incarnation());
    }

    private void take(Received received) {
        switch (received) {
            case Received.Message message -> {
                if (message.body() instanceof GuestOrder order && order.node().equals(node.node())
                        && order.incarnation().equals(node.incarnation())) {
                    carryOut(order);
                }
            }
            case Received.Removal removal -> { }
            case Received.Undecodable undecodable ->
                LOG.warn("{} is no command and is left alone: {}", undecodable.origin(), undecodable.sentence());
        }
    }

    private void carryOut(GuestOrder order) {
        LOG.info("{}", order.summary());
        GuestWorker worker = worker(order.guest());
        switch (order) {
            case StartGuest start -> worker.onStart(start);
            case StopGuest stop -> worker.onStop(stop);
            default -> LOG.warn("no order for recovery: {}", order.summary());
        }
    }

    private GuestWorker worker(String guest) {
        return workers.computeIfAbsent(
                guest, name -> new GuestWorker(name, facts, guard, floors, running, reports, clock));
    }

    /** News of the guard: nothing of the guest is left. */
    public void guestExited(Reply.GuestExited news) {
        boolean mine = news.incarnation().equals(node.incarnation()) && !news.asked();
        if (mine) {
            worker(news.guest()).onExit(news.epoch(), news.exit());
        }
    }

    /** News of the guard: a frozen guest runs on. */
    public void thawed(String guest) {
        worker(guest).onThawed();
    }

    /**
     * The node is stopped in an orderly way: refuses every further start, stops what runs, and returns once all of it
     * is dead and on the log, or the log does not take it.
     */
    public void stopAll(String why) throws InterruptedException {
        stopping = true;
        workers.values().forEach(worker -> worker.onNodeStopping(why));
        long deadline = System.nanoTime() + STOPPING.toNanos();
        while (!(running.now().isEmpty() && reports.isDone()) && System.nanoTime() < deadline) {
            Thread.sleep(LOOK);
        }
    }

    @Override
    public void close() {
        loop.close();
        workers.values().forEach(GuestWorker::close);
        reports.close();
    }
}
