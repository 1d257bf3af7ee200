package dev.holdfast.messaging;

import dev.holdfast.encoding.DeadLetter;
import dev.holdfast.encoding.Received;
import dev.holdfast.schemas.TopicCatalogue;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Puts records aside that a service could not use. */
public final class DeadLetters {

    private final String by;
    private final TopicWriter<DeadLetter> writer;

    /**
     * @param by the service that puts them aside
     */
    public DeadLetters(String by, Producer<byte[], byte[]> producer, RecordEncoder encoder) {
        this.by = by;
        this.writer = new TopicWriter<>(TopicCatalogue.DEAD_LETTERS, producer, encoder);
    }

    public Future<RecordMetadata> put(Received.Undecodable record) {
        DeadLetter letter = DeadLetter.of(by, record);
        return writer.send(letter.letterKey(), letter);
    }
}
