package dev.holdfast.quorum.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.holdfast.core.event.Position;
import dev.holdfast.core.message.Input;
import dev.holdfast.core.message.Tombstone;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.encoding.input.Consumed;
import dev.holdfast.encoding.input.Reading;
import dev.holdfast.encoding.journal.CheckpointPlan;
import dev.holdfast.encoding.journal.JournalHead;
import dev.holdfast.encoding.journal.JournalLines;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

class FatalTurnTest {

    @Test
    void aStageThatFailsNamesTheRecordItFailedOn() {
        Position at = new Position("guest.specs", 7);
        Consumed record = new Consumed(at, Instant.EPOCH, null, null, Map.of());
        Step step = Step.begin(ClusterState.EMPTY, record,
                new Reading(new Input(at, false, "db", new Tombstone("db")), Optional.empty()),
                new JournalLines(JournalHead.NONE, CheckpointPlan.HOURLY, Instant.EPOCH));
        StageProcessor processor = new StageProcessor(turn -> {
            throw new IllegalStateException("the event cannot be applied");
        });

        Throwable thrown = catchThrowable(() -> processor.process(new Record<>("db", step, 0)));

        assertThat(thrown).isInstanceOf(FatalTurn.class).hasMessageContaining("guest.specs@7")
                .hasRootCauseMessage("the event cannot be applied");
        assertThat(((FatalTurn) thrown).record().at()).isEqualTo(at);
    }
}
