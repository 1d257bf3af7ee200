package dev.holdfast.simulator.journal;

import dev.holdfast.core.decide.DecisionMaker;
import dev.holdfast.core.message.Input;
import dev.holdfast.core.message.Tombstone;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.encoding.CloudEvent;
import dev.holdfast.encoding.Codecs;
import dev.holdfast.encoding.ValueCodec;
import dev.holdfast.encoding.input.Consumed;
import dev.holdfast.encoding.input.InputReader;
import dev.holdfast.encoding.input.KeptHeaders;
import dev.holdfast.encoding.journal.CheckpointPlan;
import dev.holdfast.encoding.journal.EntityCodec;
import dev.holdfast.encoding.journal.JournalHead;
import dev.holdfast.encoding.journal.JournalLines;
import dev.holdfast.schemas.TopicCatalogue;
import dev.holdfast.simulator.fault.Fault;
import dev.holdfast.simulator.mutation.Parts;
import dev.holdfast.simulator.world.Onlooker;
import dev.holdfast.simulator.world.Simulation;
import dev.holdfast.simulator.world.Story;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Writes the journal of a simulated run, as the real decision maker writes its own. */
public final class SimulatedJournal implements Onlooker {

    /** Wall clock at the beginning of a run. */
    public static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

    private static final int NODES = 3;

    private final Codecs codecs;
    private final InputReader reader;
    private final ValueCodec journal;
    private final EntityCodec entities;
    private final CheckpointPlan checkpoints;
    private final Consumer<byte[]> values;
    private ClusterState state = ClusterState.EMPTY;
    private JournalHead head = JournalHead.NONE;

    /**
     * @param values is given each value in order
     */
    public SimulatedJournal(Codecs codecs, CheckpointPlan checkpoints, Consumer<byte[]> values) {
        this.codecs = codecs;
        this.reader = new InputReader(codecs);
        this.journal = codecs.of(TopicCatalogue.AUDIT_JOURNAL);
        this.entities = new EntityCodec(codecs);
        this.checkpoints = checkpoints;
        this.values = values;
    }

    /** The journal of the run with that seed: three nodes, and whatever may happen to them. */
    public static List<byte[]> ofSeed(long seed, Codecs codecs, CheckpointPlan checkpoints) {
        List<byte[]> values = new ArrayList<>();
        Simulation.run(
                new Simulation.Order(seed, NODES, Fault.assumed(), Parts.REAL, Set.of()), Story.untold(),
                new SimulatedJournal(codecs, checkpoints, values::add));
        return values;
    }

    /** Where it stands. */
    public JournalHead head() {
        return head;
    }

    @Override
    public void committed(long nanos, List<Input> inputs) {
        inputs.forEach(input -> write(BEGINNING.plusNanos(nanos), input));
    }

    private void write(Instant now, Input input) {
        Consumed record = record(now, input);
        Input read = reader.read(record).input();
        DecisionMaker.Outcome outcome = DecisionMaker.decide(state, read);
        state = outcome.state();
        JournalLines lines = new JournalLines(head, checkpoints, now);
        lines.write(record, read.body().summary(), outcome.decisions(), state, journal, entities);
        lines.lines().forEach(line -> values.accept(line.value()));
        head = lines.head();
    }

    private Consumed record(Instant now, Input input) {
        byte[] value = input.body() instanceof Tombstone
                ? null
                : codecs.named(input.at().topic()).orElseThrow().encode((Record) input.body());
        Map<String, byte[]> headers = value == null
                ? new HashMap<>()
                : CloudEvent.of(input.at().toString(), (Record) input.body(), "/holdfast/simulated", now, input.key())
                        .headers();
        headers.keySet().removeIf(name -> !KeptHeaders.include(input.at().topic(), name));
        return new Consumed(input.at(), now, input.key().getBytes(StandardCharsets.UTF_8), value, headers);
    }
}
