package dev.holdfast.quorum.process;

import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.node.Timing;
import dev.holdfast.messaging.ClientSettings;
import dev.holdfast.encoding.Codecs;
import dev.holdfast.encoding.Received;
import dev.holdfast.messaging.RecordDecoder;
import dev.holdfast.messaging.RecordEncoder;
import dev.holdfast.messaging.Source;
import dev.holdfast.messaging.TopicReader;
import dev.holdfast.messaging.TopicWriter;
import dev.holdfast.schemas.TopicCatalogue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;

/** One node that beats and reads the others' beats, as the heartbeat service does, but runs nothing and has no lease. */
final class BeatingNode implements AutoCloseable {

    private final String name;
    private final Incarnation incarnation;
    private final String logId;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final TopicWriter<Heartbeat> writer;
    private final TopicReader reader;
    private final Thread thread;
    /** The newest own beat that the log took. */
    private record Acked(long seq, long offset) {}

    private final AtomicReference<Acked> acked = new AtomicReference<>(new Acked(0, -1));
    private final Map<String, Heartbeat.Seen> seen = new TreeMap<>();
    private volatile boolean up = true;

    BeatingNode(String name, int k, String bootstrap, String logId, Codecs codecs) {
        this.name = name;
        this.incarnation = new Incarnation(1, k);
        this.logId = logId;
        ClientSettings clients = new ClientSettings(bootstrap, "beat-" + name);
        producer = new KafkaProducer<>(clients.producer("beats", Duration.ofSeconds(6)));
        consumer = new KafkaConsumer<>(clients.reader("beats"));
        RecordEncoder encoder =
                new RecordEncoder(codecs, new Source("test", name, "heartbeat"), InstantSource.system());
        writer = new TopicWriter<>(TopicCatalogue.NODE_HEARTBEATS, producer, encoder);
        reader = new TopicReader(consumer, new RecordDecoder(codecs));
        TopicPartition log = new TopicPartition(TopicCatalogue.NODE_HEARTBEATS.name(), 0);
        consumer.assign(List.of(log));
        consumer.seekToBeginning(List.of(log));
        thread = Thread.ofPlatform().daemon().name("beats-of-" + name).start(this::run);
    }

    private void run() {
        long seq = 0;
        long due = System.nanoTime();
        while (up) {
            due += Timing.FAST.beat().toNanos();
            seq++;
            long number = seq;
            Acked last = acked.get();
            writer.send(name, new Heartbeat(
                    name, logId, incarnation, name + "-boot", seq, seen, last.seq(), last.offset(), now(),
                    Timing.FAST.lease(), Timing.FAST.wd(), "process", 1, Map.of(), null), (metadata, error) -> {
                if (error == null) {
                    acked.set(new Acked(number, metadata.offset()));
                }
            });
            while (up && System.nanoTime() < due) {
                reader.poll(Duration.ofNanos(Math.max(1_000_000, due - System.nanoTime()))).forEach(this::read);
            }
        }
        consumer.close();
        producer.close();
    }

    private void read(Received record) {
        if (record instanceof Received.Message message && message.body() instanceof Heartbeat beat
                && !beat.node().equals(name)) {
            seen.put(beat.node(), new Heartbeat.Seen(
                    beat.incarnation(), beat.seq(), message.origin().offset(), now()));
        }
    }

    private static Duration now() {
        return Duration.ofNanos(System.nanoTime()).plus(Duration.ofDays(1));
    }

    @Override
    public void close() {
        up = false;
        try {
            thread.join(Duration.ofSeconds(15));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
