package dev.holdfast.quorum.topology;

import dev.holdfast.core.event.Position;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.messaging.CloudEvent;
import dev.holdfast.quorum.input.Consumed;
import dev.holdfast.quorum.input.InputReader;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * The first processor: decides the one order in which inputs count, and owns the state. Forwarding is a call, so
 * when it returns everything downstream has happened and what changed can be stored.
 */
final class JournalOrder implements Processor<byte[], byte[], String, Step> {

    /** Only these say something that the value does not: who sent the record, and when. */
    private static final String KEPT_HEADERS = "ce_";

    private final InputReader reader;
    private final EntityCodec entities;
    private ProcessorContext<String, Step> context;
    private EntityStore store;
    private ClusterState state;

    JournalOrder(InputReader reader, EntityCodec entities) {
        this.reader = reader;
        this.entities = entities;
    }

    @Override
    public void init(ProcessorContext<String, Step> context) {
        this.context = context;
        this.store = new EntityStore(context.getStateStore(QuorumTopology.STORE), entities);
        this.state = store.load();
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Consumed consumed = consumed(record);
        Step step = Step.begin(state, consumed, reader.read(consumed));
        context.forward(new Record<>(step.reading().input().key(), step, record.timestamp()));
        ClusterState next = step.after();
        store.save(state, next);
        state = next;
        if (step.isUrgent()) {
            context.commit();
        }
    }

    private Consumed consumed(Record<byte[], byte[]> record) {
        RecordMetadata metadata = context.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("only records of topics are processed"));
        Map<String, byte[]> headers = new HashMap<>();
        for (Header header : record.headers()) {
            if (header.key().startsWith(KEPT_HEADERS) && header.value() != null) {
                headers.put(header.key(), header.value());
            }
        }
        // Streams gives its own constant timestamp here; the writer's clock stands in ce_time as well.
        Instant recordedAt = CloudEvent.from(record.headers()).map(CloudEvent::time).orElse(Instant.EPOCH);
        return new Consumed(new Position(metadata.topic(), metadata.offset()), recordedAt, record.key(),
                record.value(), headers);
    }
}
