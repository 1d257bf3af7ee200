package dev.holdfast.quorum.topology;

import dev.holdfast.core.decide.Stage;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Runs one stage of the core. */
final class StageProcessor implements Processor<String, Step, String, Step> {

    private final Stage stage;
    private ProcessorContext<String, Step> context;

    StageProcessor(Stage stage) {
        this.stage = stage;
    }

    @Override
    public void init(ProcessorContext<String, Step> context) {
        this.context = context;
    }

    @Override
    public void process(Record<String, Step> record) {
        Step step = record.value();
        try {
            stage.run(step.turn());
        } catch (RuntimeException e) {
            throw new FatalTurn(step.record(), e);
        }
        context.forward(record);
    }
}
