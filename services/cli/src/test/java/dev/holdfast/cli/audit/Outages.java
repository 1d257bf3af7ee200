package dev.holdfast.cli.audit;

import dev.holdfast.audit.file.JournalFileWriter;
import dev.holdfast.core.guest.DrillPolicy;
import dev.holdfast.core.message.OperatorCommand.Switchover;
import dev.holdfast.core.node.Timing;
import dev.holdfast.core.state.GuestPhase;
import dev.holdfast.encoding.Codecs;
import dev.holdfast.encoding.journal.Chain;
import dev.holdfast.encoding.journal.CheckpointPlan;
import dev.holdfast.simulator.journal.SimulatedJournal;
import dev.holdfast.simulator.scenario.Action;
import dev.holdfast.simulator.scenario.Guests;
import dev.holdfast.simulator.scenario.ScriptedRun;
import dev.holdfast.simulator.scenario.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The journal of a cluster whose guest shop-db was away three times: its node lost power, it moved, it crashed. */
final class Outages {

    static final String GUEST = "shop-db";
    private static final Duration LONG = Duration.ofSeconds(40);

    private Outages() {}

    /** Writes it as 'export' does. */
    static void export(Path file) throws IOException {
        List<byte[]> values = journal();
        try (JournalFileWriter writer = new JournalFileWriter(
                file, "clinic", Chain.text(Chain.beginning()), false, Optional.empty())) {
            for (byte[] value : values) {
                writer.add(value);
            }
            writer.complete(values.size());
        }
    }

    private static List<byte[]> journal() {
        List<byte[]> values = new ArrayList<>();
        ScriptedRun run = new ScriptedRun(
                Setting.of(List.of("a", "b", "c"), Timing.DEFAULT),
                new SimulatedJournal(Codecs.derivingIds(), CheckpointPlan.HOURLY, values::add));
        run.powerOnAll();
        run.at(Duration.ofSeconds(5), new Action.Declare(Guests.named(GUEST).rehearsed(DrillPolicy.PULL)));
        run.runUntil(LONG);
        String first = owner(run);
        run.act(new Action.PowerOff(first));
        after(run, LONG);
        run.act(new Action.PowerOn(first));
        after(run, LONG);
        run.act(new Action.Ask(new Switchover(GUEST, first)));
        after(run, LONG);
        run.act(new Action.Crash(GUEST));
        after(run, LONG);
        return values;
    }

    private static String owner(ScriptedRun run) {
        return ((GuestPhase.Running) run.state().guests().get(GUEST).phase()).runner().node();
    }

    private static void after(ScriptedRun run, Duration time) {
        run.runUntil(run.now().plus(time));
    }
}
