package dev.holdfast.quorum.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.decide.DecisionMaker;
import dev.holdfast.core.event.Decision;
import dev.holdfast.core.event.JournalEntry;
import dev.holdfast.core.event.JournalEntry.JournalDecision;
import dev.holdfast.core.event.JournalEntry.JournalInput;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.encoding.input.Consumed;
import dev.holdfast.encoding.input.InputReader;
import dev.holdfast.encoding.journal.EntityCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** Whoever takes the task over continues from the changelog as if it had been there from the beginning. */
class RebuiltStateTest {

    @Test
    void theStateInTheChangelogLeadsToTheSameDecisions() {
        try (PlayedCluster cluster = PlayedCluster.started()) {
            cluster.declare("db");
            cluster.startAsOrdered();
            cluster.replicate("b");
            cluster.poolIs("c", 96);
            cluster.beatFor(Duration.ofSeconds(2));
            cluster.crash("a");
            cluster.beatFor(Duration.ofSeconds(5));
            ClusterState rebuilt = fromChangelog(cluster);
            int handedOver = cluster.journal().size();
            // Still full, but only for whoever knows that it was.
            cluster.poolIs("c", 92);

            cluster.beatFor(Duration.ofSeconds(8));
            cluster.promoteAsOrdered();
            cluster.startAsOrdered();

            List<JournalEntry> since = cluster.journal().subList(handedOver, cluster.journal().size());
            assertThat(fold(rebuilt, since, cluster)).isEqualTo(decisions(since)).isNotEmpty();
        }
    }

    private static ClusterState fromChangelog(PlayedCluster cluster) {
        KeyValueStore<String, byte[]> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore("rebuilt"), Serdes.String(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
        store.init(context.getStateStoreContext(), store);
        cluster.driver.createOutputTopic(
                        "test-" + QuorumTopology.STORE + "-changelog", new StringDeserializer(),
                        new ByteArrayDeserializer())
                .readRecordsToList()
                .forEach(record -> store.put(record.key(), record.value()));
        return new EntityStore(store, new EntityCodec(cluster.codecs())).load().state();
    }

    private static List<Decision> fold(ClusterState from, List<JournalEntry> entries, PlayedCluster cluster) {
        InputReader reader = new InputReader(cluster.codecs());
        ClusterState state = from;
        List<Decision> decisions = new ArrayList<>();
        for (JournalEntry entry : entries) {
            if (entry instanceof JournalInput input) {
                DecisionMaker.Outcome outcome =
                        DecisionMaker.decide(state, reader.read(Consumed.of(input)).input());
                state = outcome.state();
                decisions.addAll(outcome.decisions());
            }
        }
        return decisions;
    }

    private static List<Decision> decisions(List<JournalEntry> entries) {
        return entries.stream()
                .filter(JournalDecision.class::isInstance)
                .map(entry -> ((JournalDecision) entry).decision())
                .toList();
    }
}
