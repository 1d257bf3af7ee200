package dev.holdfast.messaging;

import dev.holdfast.encoding.Codecs;
import dev.holdfast.encoding.Origin;
import dev.holdfast.encoding.Received;
import dev.holdfast.encoding.RecordReader;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Turns whole Kafka records into what they say. Used by any number of threads. */
public final class RecordDecoder {

    private final RecordReader reader;

    public RecordDecoder(Codecs codecs) {
        this.reader = new RecordReader(codecs);
    }

    /** Never throws for what stands in the record. */
    public Received decode(ConsumerRecord<byte[], byte[]> record) {
        Origin origin = new Origin(
                record.topic(), record.partition(), record.offset(), Instant.ofEpochMilli(record.timestamp()));
        return decode(origin, record.key(), record.value(), record.headers());
    }

    /**
     * Never throws for what stands in the record.
     *
     * @param key null if there is none
     * @param value null if there is none
     */
    public Received decode(Origin origin, byte[] key, byte[] value, Headers headers) {
        return reader.read(origin, key, value, name -> last(headers, name));
    }

    private static byte[] last(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null ? null : header.value();
    }
}
