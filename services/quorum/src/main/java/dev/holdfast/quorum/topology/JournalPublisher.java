package dev.holdfast.quorum.topology;

import dev.holdfast.encoding.journal.JournalLines;
import dev.holdfast.messaging.RecordEncoder;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Puts the lines of a step on {@code audit.journal}, as they were linked. An entry's number is its event's id. */
final class JournalPublisher implements Processor<String, Step, byte[], byte[]> {

    private final RecordEncoder encoder;
    private ProcessorContext<byte[], byte[]> context;

    JournalPublisher(RecordEncoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
    }

    @Override
    public void process(Record<String, Step> record) {
        for (JournalLines.Line line : record.value().journal().lines()) {
            context.forward(new Record<>(
                    null, line.value(), record.timestamp(),
                    encoder.headers(String.valueOf(line.entry().entry()), "", (java.lang.Record) line.entry())));
        }
    }
}
