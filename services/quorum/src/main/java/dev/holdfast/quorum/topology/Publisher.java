package dev.holdfast.quorum.topology;

import dev.holdfast.messaging.RecordEncoder;
import dev.holdfast.schemas.Topic;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Encodes what a step puts on one topic. */
final class Publisher implements Processor<String, Step, byte[], byte[]> {

    private final Output output;
    private final RecordEncoder encoder;
    private ProcessorContext<byte[], byte[]> context;

    Publisher(Output output, RecordEncoder encoder) {
        this.output = output;
        this.encoder = encoder;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
    }

    @Override
    public void process(Record<String, Step> record) {
        for (ProducerRecord<byte[], byte[]> encoded : encode(record.value())) {
            context.forward(new Record<>(encoded.key(), encoded.value(), record.timestamp(), encoded.headers()));
        }
    }

    /** Apart from sending: what cannot be encoded can be encoded nowhere, what cannot be sent can be sent again. */
    private List<ProducerRecord<byte[], byte[]>> encode(Step step) {
        Topic topic = output.topic();
        List<ProducerRecord<byte[], byte[]>> encoded = new ArrayList<>();
        try {
            for (Output.Outgoing outgoing : output.records().apply(step)) {
                encoded.add(outgoing.body() == null
                        ? encoder.tombstone(topic, outgoing.key())
                        : encoder.record(topic, outgoing.key(), outgoing.body()));
            }
        } catch (RuntimeException e) {
            throw new FatalTurn(step.record(), e);
        }
        return encoded;
    }
}
