package dev.holdfast.audit.receipt;

import dev.holdfast.audit.fold.Past;
import dev.holdfast.audit.receipt.Receipt.Asked;
import dev.holdfast.audit.receipt.Receipt.Kept;
import dev.holdfast.core.event.ClusterEvent;
import dev.holdfast.core.event.Event;
import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.event.NodeEvent;
import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.message.OperatorCommand;
import dev.holdfast.core.message.ReplicaReport;
import dev.holdfast.core.message.Snapshot;
import dev.holdfast.core.node.Runner;
import dev.holdfast.core.state.GuestPhase;
import dev.holdfast.core.state.GuestState;
import dev.holdfast.core.state.LastWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the receipts of all outages in a past. For one run. */
public final class Receipts {

    /** A drill that was announced longer ago is not what took the node's power: nobody waits so long. */
    private static final Duration DRILL_WITHIN = Duration.ofMinutes(10);

    /** A replica that is promoted is one of the newest; when older ones were taken need not be known. */
    private static final int SNAPSHOTS_KEPT = 10_000;

    private final Map<String, OpenOutage> open = new HashMap<>();
    private final Map<String, Instant> lastBeats = new HashMap<>();
    private final Map<String, Line> moves = new HashMap<>();
    private final Map<String, Asked> movedBy = new HashMap<>();
    private final Map<String, Asked> guestDrills = new HashMap<>();
    private final Map<String, Asked> nodeDrills = new HashMap<>();
    private final Map<String, Instant> taken = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > SNAPSHOTS_KEPT;
        }
    };
    private final List<Receipt> receipts = new ArrayList<>();

    private Receipts() {}

    /**
     * All of them, oldest first. An outage that is not over has none.
     *
     * @throws Past.BrokenJournal if the journal cannot be folded to its end
     */
    public static List<Receipt> of(Past past) {
        Receipts found = new Receipts();
        past.forEachRemaining(found::take);
        return List.copyOf(found.receipts);
    }

    /**
     * The one asked for.
     *
     * @param subject number of a decision taken for it, or a guest for its newest
     */
    public static Optional<Receipt> find(List<Receipt> all, String subject) {
        return all.reversed().stream()
                .filter(receipt -> receipt.guest().equals(subject)
                        || subject.matches("\\d{1,18}") && receipt.holds(Long.parseLong(subject)))
                .findFirst();
    }

    private void take(Past.Turn turn) {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < turn.decisions().size(); i++) {
            lines.add(new Line(
                    turn.decisions().get(i).entry(), turn.hashes().get(i), turn.recordedAt(), null,
                    turn.decisions().get(i).decision()));
        }
        lines.forEach(line -> remember(turn, line));
        turn.after().guests().values().forEach(guest -> begin(turn, guest));
        lines.forEach(line -> take(turn, line));
        open.keySet().removeIf(guest -> turn.after().guests().get(guest) == null
                || turn.after().guests().get(guest).outage() == null);
        switch (turn.input().body()) {
            case Heartbeat beat -> lastBeats.put(beat.node() + "/" + beat.incarnation(), turn.recordedAt());
            case ReplicaReport.SnapshotTaken report -> taken.put(report.snapshot().id(), turn.recordedAt());
            default -> { }
        }
    }

    private void begin(Past.Turn turn, GuestState guest) {
        if (guest.outage() == null || open.containsKey(guest.name())) {
            return;
        }
        GuestState before = turn.before().guests().get(guest.name());
        Runner from = before == null ? null : runner(before);
        open.put(guest.name(), new OpenOutage(
                guest.name(), from, from == null ? null : lastBeats.get(life(from)), turn.recordedAt(),
                moves.get(guest.name()), movedBy.get(guest.name()),
                from == null ? null : announced(nodeDrills.get(life(from)), turn.recordedAt()),
                before == null || before.outage() == null));
    }

    /** Null for null, and for what was announced long ago. */
    private static Asked announced(Asked drill, Instant now) {
        return drill == null || Duration.between(drill.at(), now).compareTo(DRILL_WITHIN) > 0 ? null : drill;
    }

    /** What ran it, or ran it last. */
    private static Runner runner(GuestState guest) {
        return switch (guest.phase()) {
            case GuestPhase.Running running -> running.runner();
            case GuestPhase.Starting starting -> starting.runner();
            case GuestPhase.Stopping stopping -> stopping.runner();
            case GuestPhase.Idle _, GuestPhase.Promoting _, GuestPhase.Promoted _, GuestPhase.Handing _,
                    GuestPhase.Errored _ -> {
                LastWriter writer = guest.lastWriter();
                yield !guest.runners().isEmpty()
                        ? guest.runners().getFirst()
                        : writer == null ? null : new Runner(writer.node(), writer.incarnation(), writer.epoch());
            }
        };
    }

    private static String life(Runner runner) {
        return runner.node() + "/" + runner.incarnation();
    }

    private void take(Past.Turn turn, Line line) {
        Event event = line.decision().event();
        if (event instanceof GuestEvent.VolumeSetAside aside) {
            setAside(aside, line);
        }
        for (String guest : List.copyOf(open.keySet())) {
            OpenOutage outage = open.get(guest);
            if (concerns(event, guest, outage.from())) {
                outage.take(withLogTime(turn, guest, line), turn.before());
                if (event instanceof GuestEvent.GuestRecovered recovered) {
                    over(turn, outage, recovered);
                }
            }
        }
    }

    private static Line withLogTime(Past.Turn turn, String guest, Line line) {
        if (line.decision().event() instanceof GuestEvent.GuestRecovered recovered) {
            return new Line(line.entry(), line.hash(), line.at(), recovered.outage(), line.decision());
        }
        GuestState state = turn.after().guests().get(guest);
        if (state == null || state.outage() == null) {
            state = turn.before().guests().get(guest);
        }
        Duration after = state == null || state.outage() == null
                ? null
                : state.outage().since().elapsed(turn.after().nodes());
        return new Line(line.entry(), line.hash(), line.at(), after, line.decision());
    }

    private void over(Past.Turn turn, OpenOutage outage, GuestEvent.GuestRecovered recovered) {
        GuestState guest = turn.after().guests().get(recovered.guest());
        Snapshot snapshot = outage.snapshot();
        receipts.add(outage.over(
                turn.after(), runner(guest), snapshot == null ? null : taken.get(snapshot.id())));
    }

    /** Copies go on during an outage, of which the other guests' are none of its business either. */
    private static boolean concerns(Event event, String guest, Runner from) {
        return switch (event) {
            case GuestEvent.ReplicateNow _, GuestEvent.HoldReplication _, GuestEvent.DropAside _,
                    GuestEvent.AsideDropped _, GuestEvent.SetAside _, GuestEvent.VolumeSetAside _,
                    GuestEvent.ReplicationPaused _, GuestEvent.ReplicationResumed _, NodeEvent.BeatRefused _,
                    ClusterEvent.RecordRefused _, ClusterEvent.SettingsRefused _ -> false;
            case GuestEvent about -> about.guest().equals(guest);
            case NodeEvent about -> from != null && about.node().equals(from.node());
            case ClusterEvent.CommandAnswered answer -> answer.target().equals(guest);
            case ClusterEvent.SettingsApplied _, ClusterEvent.ClusterFrozen _, ClusterEvent.ClusterThawed _,
                    ClusterEvent.DecisionsSuspended _, ClusterEvent.DecisionsResumed _,
                    ClusterEvent.ColdStartNoticed _, ClusterEvent.ColdStartEnded _ -> true;
        };
    }

    private void setAside(GuestEvent.VolumeSetAside aside, Line line) {
        for (int i = receipts.size() - 1; i >= 0; i--) {
            Receipt receipt = receipts.get(i);
            boolean its = receipt.guest().equals(aside.guest())
                    && receipt.kept() == null
                    && receipt.from() != null
                    && receipt.from().node().equals(aside.node())
                    && receipt.from().epoch() < aside.epoch();
            if (its) {
                receipts.set(i, with(receipt, new Kept(aside.node(), aside.aside(), aside.divergentBytes(), line)));
                return;
            }
        }
    }

    private static Receipt with(Receipt receipt, Kept kept) {
        return new Receipt(
                receipt.guest(), receipt.kind(), receipt.from(), receipt.to(), receipt.begunAt(), receipt.recovered(),
                receipt.outage(), receipt.phases(), receipt.loss(), receipt.proof(), receipt.settings(), receipt.asked(),
                receipt.decisions(), receipt.whole(), kept);
    }

    /** Moves, whose word they were, and which drills were announced. */
    private void remember(Past.Turn turn, Line line) {
        switch (line.decision().event()) {
            case GuestEvent.MoveBegun moved -> {
                moves.put(moved.guest(), line);
                movedBy.remove(moved.guest());
            }
            case GuestEvent.MoveEnded moved -> moves.remove(moved.guest());
            case ClusterEvent.CommandAnswered answer when answer.accepted() -> {
                if (turn.input().body() instanceof OperatorCommand command && command.id().equals(answer.commandId())) {
                    remember(turn, command, line);
                }
            }
            default -> { }
        }
    }

    private void remember(Past.Turn turn, OperatorCommand command, Line answer) {
        Instant at = turn.recordedAt();
        Asked drill = new Asked(command.who(), command.why(), at, true, answer);
        switch (command.request()) {
            case OperatorCommand.DrillNode asks ->
                nodeDrills.put(asks.node() + "/" + turn.after().node(asks.node()).incarnation(), drill);
            case OperatorCommand.DrillGuest asks -> guestDrills.put(asks.guest(), drill);
            case OperatorCommand.Switchover asks -> {
                Asked rehearsed = announced(guestDrills.get(asks.guest()), at);
                boolean isDrill = rehearsed != null && rehearsed.who().equals(command.who());
                movedBy.put(asks.guest(), new Asked(command.who(), command.why(), at, isDrill, answer));
            }
            default -> { }
        }
    }
}
