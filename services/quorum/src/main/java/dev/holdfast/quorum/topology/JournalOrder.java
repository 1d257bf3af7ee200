package dev.holdfast.quorum.topology;

import dev.holdfast.core.event.Position;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.encoding.CloudEvent;
import dev.holdfast.encoding.input.Consumed;
import dev.holdfast.encoding.input.InputReader;
import dev.holdfast.encoding.input.KeptHeaders;
import dev.holdfast.encoding.journal.CheckpointPlan;
import dev.holdfast.encoding.journal.EntityCodec;
import dev.holdfast.encoding.journal.JournalHead;
import dev.holdfast.encoding.journal.JournalLines;
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

    private final InputReader reader;
    private final EntityCodec entities;
    private final CheckpointPlan checkpoints;
    private ProcessorContext<String, Step> context;
    private EntityStore store;
    private ClusterState state;
    private JournalHead head;

    JournalOrder(InputReader reader, EntityCodec entities, CheckpointPlan checkpoints) {
        this.reader = reader;
        this.entities = entities;
        this.checkpoints = checkpoints;
    }

    @Override
    public void init(ProcessorContext<String, Step> context) {
        this.context = context;
        this.store = new EntityStore(context.getStateStore(QuorumTopology.STORE), entities);
        EntityStore.Stored stored = store.load();
        this.state = stored.state();
        this.head = stored.head();
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Consumed consumed = consumed(record);
        Step step = Step.begin(state, consumed, reader.read(consumed), new JournalLines(head, checkpoints, now()));
        context.forward(new Record<>(step.reading().input().key(), step, record.timestamp()));
        ClusterState next = step.turn().state();
        store.save(state, next, step.journal().head());
        state = next;
        head = step.journal().head();
        if (step.isUrgent()) {
            context.commit();
        }
    }

    private Instant now() {
        return Instant.ofEpochMilli(context.currentSystemTimeMs());
    }

    private Consumed consumed(Record<byte[], byte[]> record) {
        RecordMetadata metadata = context.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("only records of topics are processed"));
        Map<String, byte[]> headers = new HashMap<>();
        for (Header header : record.headers()) {
            if (header.value() != null) {
                headers.put(header.key(), header.value());
            }
        }
        // Streams gives its own constant timestamp here; the writer's clock stands in ce_time as well.
        Instant recordedAt = CloudEvent.from(headers::get).map(CloudEvent::time).orElse(Instant.EPOCH);
        headers.keySet().removeIf(name -> !KeptHeaders.include(metadata.topic(), name));
        return new Consumed(new Position(metadata.topic(), metadata.offset()), recordedAt, record.key(),
                record.value(), headers);
    }
}
