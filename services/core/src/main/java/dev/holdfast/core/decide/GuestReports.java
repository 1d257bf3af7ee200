package dev.holdfast.core.decide;

import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.event.Rule;
import dev.holdfast.core.message.GuestReport;
import dev.holdfast.core.node.Runner;
import dev.holdfast.core.state.GuestPhase;
import dev.holdfast.core.state.GuestState;
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
            // Discharged, if they named a possible runner, by the stage before.
            case GuestReport.GuestStopped stopped -> { }
            case GuestReport.StartFailed failed -> { }
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
            turn.decide(Rule.RESTART_POLICY, new GuestEvent.StopGuest(
                    guest.name(), runner.epoch(), runner.node(), runner.incarnation(), true,
                    "it does not answer: " + health.detail()));
            return;
        }
        turn.decide(Rule.PROBE, new GuestEvent.GuestAnswering(guest.name(), runner.node(), runner.epoch()));
        if (guest.outage() != null) {
            turn.decide(Rule.PROBE, receipt(turn, guest, runner));
        }
    }

    /** A move has arrived once the guest runs: were it still under way then, the guest would be moved on at once. */
    private static void endMove(Turn turn, GuestState guest, Runner runner) {
        if (guest.move() != null) {
            turn.decide(Rule.OWN_REPORT, new GuestEvent.MoveEnded(guest.name(), true, "started on " + runner.node()));
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
