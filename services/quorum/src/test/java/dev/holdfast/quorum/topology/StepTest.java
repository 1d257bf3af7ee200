package dev.holdfast.quorum.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.decide.DecisionMaker;
import dev.holdfast.core.event.ClusterEvent.RecordRefused;
import dev.holdfast.core.event.ClusterEvent.SettingsApplied;
import dev.holdfast.core.event.Position;
import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.node.Timing;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.encoding.Codecs;
import dev.holdfast.encoding.input.Consumed;
import dev.holdfast.encoding.input.InputReader;
import dev.holdfast.encoding.journal.CheckpointPlan;
import dev.holdfast.encoding.journal.JournalHead;
import dev.holdfast.encoding.journal.JournalLines;
import dev.holdfast.schemas.TopicCatalogue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StepTest {

    private final Codecs codecs = Codecs.derivingIds();

    @Test
    void aDecisionIsCommittedAtOnce() {
        ClusterSettings settings = new ClusterSettings(
                1, "cluster", "log", List.of("a", "b", "c"), Timing.FAST, ClusterSettings.COLD_START_WAIT,
                ClusterSettings.SUSPECT_ROUNDS, "who", "why");
        Step step = decided("cluster", codecs.of(TopicCatalogue.CLUSTER_SETTINGS).encode(settings));

        assertThat(step.turn().decisions()).anyMatch(decision -> decision.event() instanceof SettingsApplied);
        assertThat(step.isUrgent()).isTrue();
    }

    @Test
    void aRefusedRecordWaitsForTheNextCommit() {
        Step step = decided("garbage", new byte[] {1, 2, 3});

        assertThat(step.turn().decisions()).singleElement()
                .satisfies(decision -> assertThat(decision.event()).isInstanceOf(RecordRefused.class));
        assertThat(step.isUrgent()).isFalse();
    }

    private Step decided(String key, byte[] value) {
        Consumed record = new Consumed(
                new Position(TopicCatalogue.CLUSTER_SETTINGS.name(), 0), Instant.EPOCH, key.getBytes(), value, Map.of());
        Step step = Step.begin(
                ClusterState.EMPTY, record, new InputReader(codecs).read(record),
                new JournalLines(JournalHead.NONE, CheckpointPlan.HOURLY, Instant.EPOCH));
        DecisionMaker.STAGES.forEach(stage -> stage.run(step.turn()));
        return step;
    }
}
