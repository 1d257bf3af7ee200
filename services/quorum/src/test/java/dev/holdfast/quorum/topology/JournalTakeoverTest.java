package dev.holdfast.quorum.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.audit.check.Audit;
import dev.holdfast.audit.check.AuditResult;
import dev.holdfast.audit.check.Bounds;
import dev.holdfast.audit.replay.Replay;
import dev.holdfast.audit.replay.ReplayResult;
import dev.holdfast.core.decide.DecisionMaker;
import dev.holdfast.core.event.JournalEntry.JournalInput;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.encoding.Codecs;
import dev.holdfast.encoding.Decoded;
import dev.holdfast.encoding.ValueCodec;
import dev.holdfast.encoding.input.Consumed;
import dev.holdfast.encoding.input.InputReader;
import dev.holdfast.encoding.journal.CheckpointPlan;
import dev.holdfast.encoding.journal.EntityCodec;
import dev.holdfast.encoding.journal.JournalHead;
import dev.holdfast.encoding.journal.JournalLines;
import dev.holdfast.schemas.TopicCatalogue;
import dev.holdfast.simulator.journal.SimulatedJournal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** Whoever takes over goes on with the journal where the last transaction left it, without a gap and without a fork. */
class JournalTakeoverTest {

    private static final int KILLS = 100;
    private static final int MOST_IN_ONE_TRANSACTION = 40;

    private final Codecs codecs = Codecs.derivingIds();
    private final EntityCodec entities = new EntityCodec(codecs);
    private final CheckpointPlan often = new CheckpointPlan(50, Duration.ofHours(1));

    @Test
    void aHundredKillsWithAbortedTransactionsLeaveTheJournalOfOneUninterruptedRun() {
        List<byte[]> uninterrupted = SimulatedJournal.ofSeed(11, codecs, often);
        List<Consumed> inputs = inputsOf(uninterrupted);
        Random random = new Random(1);
        List<KeyValue<String, byte[]>> stored = List.of();
        List<byte[]> journal = new ArrayList<>();
        int position = 0;
        int kills = 0;
        while (position < inputs.size()) {
            KeyValueStore<String, byte[]> store = restored(stored);
            List<byte[]> written = new ArrayList<>();
            int end = Math.min(inputs.size(), position + 1 + random.nextInt(MOST_IN_ONE_TRANSACTION));
            run(inputs.subList(position, end), new EntityStore(store, entities), written);
            boolean killed = kills < KILLS && random.nextInt(3) > 0;
            if (killed) {
                kills++;
            } else {
                stored = contentOf(store);
                journal.addAll(written);
                position = end;
            }
        }

        assertThat(kills).isEqualTo(KILLS);
        assertThat(journal).usingElementComparator(java.util.Arrays::compare).isEqualTo(uninterrupted);
        JournalHead head = new EntityStore(restored(stored), entities).load().head();
        AuditResult audit = new Audit(codecs, new Bounds(null, head), List.of()).run(journal.iterator(), read -> { });
        assertThat(audit.isOk()).as("%s", audit).isTrue();
        ReplayResult replay = new Replay(codecs).run(journal.iterator());
        assertThat(replay.isSound()).as("%s", replay).isTrue();
        assertThat(replay.checkpoints()).isPositive();
    }

    /** What a task does with its inputs, as JournalOrder and the stages do it. */
    private void run(List<Consumed> inputs, EntityStore store, List<byte[]> written) {
        InputReader reader = new InputReader(codecs);
        ValueCodec codec = codecs.of(TopicCatalogue.AUDIT_JOURNAL);
        EntityStore.Stored begun = store.load();
        ClusterState state = begun.state();
        JournalHead head = begun.head();
        for (Consumed input : inputs) {
            Step step = Step.begin(state, input, reader.read(input), new JournalLines(head, often, input.recordedAt()));
            DecisionMaker.STAGES.forEach(stage -> stage.run(step.turn()));
            step.journal().write(input, step.reading().input().body().summary(), step.turn().decisions(),
                    step.turn().state(), codec, entities);
            step.journal().lines().forEach(line -> written.add(line.value()));
            store.save(state, step.turn().state(), step.journal().head());
            state = step.turn().state();
            head = step.journal().head();
        }
    }

    private List<Consumed> inputsOf(List<byte[]> journal) {
        List<Consumed> inputs = new ArrayList<>();
        for (byte[] value : journal) {
            Decoded decoded = codecs.of(TopicCatalogue.AUDIT_JOURNAL).decode(value);
            if (((Decoded.Value) decoded).body() instanceof JournalInput input) {
                inputs.add(Consumed.of(input));
            }
        }
        return inputs;
    }

    private static KeyValueStore<String, byte[]> restored(List<KeyValue<String, byte[]>> content) {
        KeyValueStore<String, byte[]> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore("restored"), Serdes.String(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        store.init(new MockProcessorContext<Void, Void>().getStateStoreContext(), store);
        content.forEach(entry -> store.put(entry.key, entry.value));
        return store;
    }

    private static List<KeyValue<String, byte[]>> contentOf(KeyValueStore<String, byte[]> store) {
        List<KeyValue<String, byte[]>> content = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> all = store.all()) {
            all.forEachRemaining(content::add);
        }
        return content;
    }
}
