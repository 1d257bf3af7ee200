package dev.holdfast.quorum.topology;

import dev.holdfast.encoding.ValueCodec;
import dev.holdfast.encoding.journal.EntityCodec;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Writes down, after the last stage, what was consumed and decided; what goes out then quotes what was written. */
final class Journalling implements Processor<String, Step, String, Step> {

    private final ValueCodec journal;
    private final EntityCodec entities;
    private ProcessorContext<String, Step> context;

    Journalling(ValueCodec journal, EntityCodec entities) {
        this.journal = journal;
        this.entities = entities;
    }

    @Override
    public void init(ProcessorContext<String, Step> context) {
        this.context = context;
    }

    @Override
    public void process(Record<String, Step> record) {
        Step step = record.value();
        try {
            step.journal().write(
                    step.record(), step.reading().input().body().summary(), step.turn().decisions(),
                    step.turn().state(), journal, entities);
        } catch (RuntimeException e) {
            throw new FatalTurn(step.record(), e);
        }
        context.forward(record);
    }
}
