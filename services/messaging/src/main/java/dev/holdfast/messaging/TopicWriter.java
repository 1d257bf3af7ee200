package dev.holdfast.messaging;

import dev.holdfast.schemas.Topic;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Writes our records to one topic through a producer that the caller owns and closes.
 *
 * @param <T> what is written; the topic must carry it
 */
public final class TopicWriter<T> {

    private final Topic topic;
    private final Producer<byte[], byte[]> producer;
    private final RecordEncoder encoder;

    public TopicWriter(Topic topic, Producer<byte[], byte[]> producer, RecordEncoder encoder) {
        this.topic = topic;
        this.producer = producer;
        this.encoder = encoder;
    }

    /**
     * Sends a record, as {@link Producer#send} does: the callback runs on the producer's own thread.
     *
     * @param callback null for none
     * @throws ClassCastException if the body is no record
     * @throws dev.holdfast.encoding.binding.BindingException if the topic cannot carry the body
     */
    public Future<RecordMetadata> send(String key, T body, Callback callback) {
        return producer.send(encoder.record(topic, key, (Record) body), callback);
    }

    public Future<RecordMetadata> send(String key, T body) {
        return send(key, body, null);
    }

    /**
     * Removes what the key names.
     *
     * @throws IllegalArgumentException if removing means nothing on that topic
     */
    public Future<RecordMetadata> remove(String key) {
        return producer.send(encoder.tombstone(topic, key));
    }
}
