package dev.holdfast.core.decide;

import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.event.Rule;
import dev.holdfast.core.guest.RequestedState;
import dev.holdfast.core.message.GuestReport;
import dev.holdfast.core.node.Runner;
import dev.holdfast.core.state.GuestPhase;
import dev.holdfast.core.state.GuestState;
import dev.holdfast.core.state.LastWriter;
import dev.holdfast.core.state.Outage;

/** What recovery reported. Reports about a runner that is none any more change nothing. */
final class GuestReports {

    private GuestReports() {}

    static void take(Turn turn, GuestReport report) {
        GuestState guest = turn.state().guests().get(report.guest());
        Runner runner = new Runner(report.node(), report.incarnation(), report.epoch());
        if (guest == null) {
            return;
        }
        switch (report) {
            case GuestReport.GuestStarted started -> onStarted(turn, guest, runner);
            case GuestReport.GuestHealth health -> onHealth(turn, guest, runner, health);
            // These two are discharged, if they named a possible runner, by the stage before.
            case GuestReport.GuestStopped stopped -> { }
            case GuestReport.StartFailed failed -> onStartFailed(turn, guest, failed);
            case GuestReport.StopFailed failed -> onStopFailed(turn, guest, runner, failed);
        }
    }

    private static void onStarted(Turn turn, GuestState guest, Runner runner) {
        if (guest.phase() instanceof GuestPhase.Starting starting && starting.runner().equals(runner)) {
            turn.decide(Rule.OWN_REPORT, new GuestEvent.StartConfirmed(guest.name(), runner));
            endMove(turn, guest, runner);
        }
    }

    private static void onHealth(Turn turn, GuestState guest, Runner runner, GuestReport.GuestHealth health) {
        boolean current = guest.phase() instanceof GuestPhase.Running running && running.runner().equals(runner);
        if (!current) {
            return;
        }
        if (!health.answering()) {
            turn.decide(Rule.PROBE, new GuestEvent.GuestUnanswering(
                    guest.name(), runner.node(), runner.epoch(), health.detail()));
            if (guest.requested() != RequestedState.IGNORED) {
                turn.decide(Rule.RESTART_POLICY, new GuestEvent.StopGuest(
                        guest.name(), runner.epoch(), runner.node(), runner.incarnation(), true,
                        "it does not answer: " + health.detail()));
            }
            return;
        }
        turn.decide(Rule.PROBE, new GuestEvent.GuestAnswering(guest.name(), runner.node(), runner.epoch()));
        if (guest.outage() != null) {
            turn.decide(Rule.PROBE, receipt(turn, guest, runner));
        }
    }

    /**
     * The first start of a guest was lost before it was read, and its node holds no volume of it: then it has never run.
     * Not so if anything was ever confirmed, replicated or promoted; then a volume is missing, which only a person can
     * explain.
     */
    private static void onStartFailed(Turn turn, GuestState guest, GuestReport.StartFailed failed) {
        LastWriter writer = guest.lastWriter();
        boolean neverRan = failed.noVolume()
                && guest.runners().isEmpty()
                && writer != null
                && !writer.confirmed()
                && writer.node().equals(failed.node())
                && failed.epoch() > writer.epoch()
                && guest.replicas().isEmpty()
                && guest.promotedFrom() == null;
        if (neverRan) {
            turn.decide(Rule.OWN_REPORT, new GuestEvent.NeverStarted(guest.name(), failed.node(), failed.reason()));
        }
    }

    /** It counts as running as before; nothing more is decided until it is over, or a person has looked at it. */
    private static void onStopFailed(Turn turn, GuestState guest, Runner runner, GuestReport.StopFailed failed) {
        if (guest.phase() instanceof GuestPhase.Stopping stopping && stopping.runner().equals(runner)) {
            turn.decide(Rule.OWN_REPORT, new GuestEvent.GuestErrored(guest.name(),
                    "it does not end on " + runner.node() + ": " + failed.reason(), runner));
        }
    }

    /** A move has arrived once the guest runs: were it still under way then, the guest would be moved on at once. */
    private static void endMove(Turn turn, GuestState guest, Runner runner) {
        if (guest.move() != null) {
            String to = guest.move().to();
            turn.decide(Rule.OWN_REPORT, new GuestEvent.MoveEnded(
                    guest.name(), to == null || to.equals(runner.node()), "started on " + runner.node()));
        }
    }

    private static GuestEvent.GuestRecovered receipt(Turn turn, GuestState guest, Runner runner) {
        Outage outage = guest.outage();
        return new GuestEvent.GuestRecovered(
                guest.name(), runner.node(), runner.epoch(), outage.since().elapsed(turn.state().nodes()),
                outage.suspected(), outage.fenced(), outage.promoted(), outage.started(), outage.fence(),
                outage.dataLoss(), outage.snapshot());
    }
}
