package dev.holdfast.messaging;

import dev.holdfast.encoding.Received;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads our topics through a consumer that the caller assigns, owns and closes; one thread, as the consumer. */
public final class TopicReader {

    private final Consumer<byte[], byte[]> consumer;
    private final RecordDecoder decoder;

    public TopicReader(Consumer<byte[], byte[]> consumer, RecordDecoder decoder) {
        this.consumer = consumer;
        this.decoder = decoder;
    }

    /**
     * What came within that time, each topic in the order of its offsets. Throws what {@link Consumer#poll} throws, and
     * nothing for what stands in a record.
     */
    public List<Received> poll(Duration atMost) {
        List<Received> received = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(atMost)) {
            received.add(decoder.decode(record));
        }
        return received;
    }
}
