package dev.holdfast.audit.receipt;

import dev.holdfast.audit.Recorded;
import dev.holdfast.core.guest.DrillPolicy;
import dev.holdfast.core.message.OperatorCommand;
import dev.holdfast.core.node.Timing;
import dev.holdfast.core.state.GuestPhase;
import dev.holdfast.encoding.journal.CheckpointPlan;
import dev.holdfast.simulator.journal.SimulatedJournal;
import dev.holdfast.simulator.scenario.Action;
import dev.holdfast.simulator.scenario.Guests;
import dev.holdfast.simulator.scenario.ScriptedRun;
import dev.holdfast.simulator.scenario.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A cluster of three nodes that runs the guest db, and the journal of what is done to it. */
final class Told {

    /** By then db runs and is replicated. */
    static final Duration BEGINS = Duration.ofSeconds(40);

    private final List<byte[]> values = new ArrayList<>();
    private final ScriptedRun run = new ScriptedRun(
            Setting.of(List.of("a", "b", "c"), Timing.FAST),
            new SimulatedJournal(
                    Recorded.CODECS, new CheckpointPlan(Recorded.CHECKPOINT_EVERY, Duration.ofHours(1)), values::add));

    Told() {
        run.powerOnAll();
        run.at(Duration.ofSeconds(5), new Action.Declare(Guests.named("db").rehearsed(DrillPolicy.PULL)));
        run.runUntil(BEGINS);
    }

    Told then(Action action) {
        run.act(action);
        return this;
    }

    Told then(OperatorCommand.Request request) {
        return then(new Action.Ask(request));
    }

    Told during(Duration time) {
        run.runUntil(run.now().plus(time));
        return this;
    }

    /** The node that db runs on. */
    String owner() {
        return ((GuestPhase.Running) run.state().guests().get("db").phase()).runner().node();
    }

    List<byte[]> journal() {
        return values;
    }
}
