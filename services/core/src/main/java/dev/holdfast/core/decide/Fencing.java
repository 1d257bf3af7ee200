package dev.holdfast.core.decide;

import dev.holdfast.core.event.ClusterEvent;
import dev.holdfast.core.event.Evidence;
import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.event.GuestEvent.Ending;
import dev.holdfast.core.event.NodeEvent;
import dev.holdfast.core.event.Rule;
import dev.holdfast.core.message.FenceReport;
import dev.holdfast.core.message.GuestReport;
import dev.holdfast.core.message.OperatorCommand;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.node.Runner;
import dev.holdfast.core.state.GuestPhase;
import dev.holdfast.core.state.GuestState;
import dev.holdfast.core.state.Liveness;
import dev.holdfast.core.state.NodeState;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * Third stage: what can certainly not run any more? Rules R6 and R8. This is the only place where a possible
 * runner is discharged: by the report of exactly that runner, by a fence of its incarnation, by a newer
 * incarnation of its node. Never by a timeout.
 */
final class Fencing implements Stage {

    @Override
    public void run(Turn turn) {
        if (turn.state().settings() == null) {
            return;
        }
        switch (turn.input().body()) {
            case GuestReport.GuestStopped stopped -> {
                confirmStart(turn, stopped);
                dischargeReported(turn, stopped, endingOf(turn, stopped), stopped.summary());
            }
            case GuestReport.StartFailed failed -> dischargeReported(
                    turn, failed, failed.refused() ? Ending.REFUSED : Ending.FAILED, failed.summary());
            case FenceReport report -> onFenceReport(turn, report);
            case OperatorCommand command -> onCommand(turn, command);
            default -> { }
        }
        if (turn.input().heartbeatLog()) {
            turn.state().nodes().values().forEach(node -> checkSilence(turn, node));
            dischargeSuperseded(turn);
        }
    }

    /** What ended has run, even if the news of its start never came: its volume is the newest now. */
    private static void confirmStart(Turn turn, GuestReport.GuestStopped stopped) {
        GuestState guest = turn.state().guests().get(stopped.guest());
        Runner runner = new Runner(stopped.node(), stopped.incarnation(), stopped.epoch());
        boolean unconfirmed = guest != null
                && guest.phase() instanceof GuestPhase.Starting starting
                && starting.runner().equals(runner);
        if (unconfirmed) {
            turn.decide(Rule.OWN_REPORT, new GuestEvent.StartConfirmed(guest.name(), runner));
        }
    }

    private static void dischargeReported(Turn turn, GuestReport report, Ending ending, String proof) {
        GuestState guest = turn.state().guests().get(report.guest());
        Runner runner = new Runner(report.node(), report.incarnation(), report.epoch());
        if (guest != null && guest.runners().contains(runner)) {
            Duration sentAt = turn.state().node(report.node()).sentAt();
            turn.decide(Rule.R8_POSSIBLE_RUNNERS, new GuestEvent.RunnerDischarged(
                    guest.name(), runner, ending, sentAt, report.at(), proof));
        }
    }

    private static Ending endingOf(Turn turn, GuestReport.GuestStopped stopped) {
        GuestState guest = turn.state().guests().get(stopped.guest());
        boolean failing = guest != null
                && guest.phase() instanceof GuestPhase.Stopping stopping
                && stopping.failing();
        return stopped.asked() && !failing ? Ending.ASKED : Ending.FAILED;
    }

    /** R6: K other voters proved a silence of T. */
    private static void checkSilence(Turn turn, NodeState node) {
        boolean nothingToFence = node.liveness() == Liveness.ABSENT
                || node.liveness() == Liveness.FENCED
                || stoppedForGood(turn, node);
        if (nothingToFence || !Majority.timeCanProve(turn.state().settings().voters().size())) {
            return;
        }
        Duration needed = Silence.untilFenced(turn.state(), node);
        if (Testimony.provenBy(turn.state(), node, needed) < Majority.WITNESSES) {
            return;
        }
        List<Evidence> evidence = Testimony.of(turn.state(), node);
        Duration proven = Majority.provenByWitnesses(evidence.stream().map(Evidence::proven).toList());
        if (evidence.size() >= Majority.WITNESSES && proven.compareTo(needed) >= 0) {
            fence(turn, node, Rule.R6_SILENCE, evidence, "silent since offset " + node.lastOffset() + "; "
                    + witnesses(evidence) + " prove " + proven.toMillis() + " ms, needed " + needed.toMillis()
                    + " ms");
        }
    }

    private static String witnesses(List<Evidence> evidence) {
        return String.join(" and ", evidence.stream().map(Evidence::witness).toList());
    }

    /** An orderly stop leaves nothing to prove, unless the log itself is in doubt. */
    private static boolean stoppedForGood(Turn turn, NodeState node) {
        return node.liveness() == Liveness.STOPPED
                && turn.state().frozen() == null
                && turn.state().guests().values().stream().noneMatch(guest -> guest.mayRunOn(node.name()));
    }

    private static void fence(Turn turn, NodeState node, Rule rule, List<Evidence> evidence, String proof) {
        turn.decide(rule, evidence, new NodeEvent.NodeFenced(node.name(), node.incarnation(), proof));
        Incarnation fenced = node.incarnation();
        discharge(turn, node.name(), rule, runner -> !runner.incarnation().isNewerThan(fenced),
                node.sentAt(), node.name() + "/" + fenced + " is fenced");
    }

    /** R8: a newer incarnation of the node begins only when nothing of the older one runs (rule R1). */
    private static void dischargeSuperseded(Turn turn) {
        for (NodeState node : turn.state().nodes().values()) {
            if (node.incarnation() != null) {
                discharge(turn, node.name(), Rule.R1_INCARNATION,
                        runner -> node.incarnation().isNewerThan(runner.incarnation()),
                        null, node.name() + " is " + node.incarnation() + " now");
            }
        }
    }

    private static void discharge(
            Turn turn, String node, Rule rule, Predicate<Runner> which, Duration sentAt,
            String proof) {
        for (GuestState guest : turn.state().guests().values()) {
            for (Runner runner : guest.runners()) {
                if (runner.node().equals(node) && which.test(runner)) {
                    turn.decide(rule, new GuestEvent.RunnerDischarged(
                            guest.name(), runner, Ending.LOST, sentAt, null, proof));
                }
            }
        }
    }

    private static void onFenceReport(Turn turn, FenceReport report) {
        NodeState node = turn.state().node(report.node());
        boolean provesIt = report.confirmedOff()
                && report.incarnation().equals(node.incarnation())
                && node.liveness() != Liveness.FENCED;
        if (provesIt) {
            fence(turn, node, Rule.POWER_OFF, List.of(), report.summary());
        }
    }

    /** A person's word that the power is off. Refused for a node that beats: it is certainly not off. */
    private static void onCommand(Turn turn, OperatorCommand command) {
        if (!(command.request() instanceof OperatorCommand.ConfirmOff confirm)
                || turn.state().answered().contains(command.id())) {
            return;
        }
        NodeState node = turn.state().node(confirm.node());
        String refusal = switch (node.liveness()) {
            case ABSENT -> turn.state().isNode(confirm.node())
                    ? confirm.node() + " has never beaten: it runs nothing"
                    : Commands.noNode(turn.state(), confirm.node());
            case LIVE -> confirm.node() + " beats: it is not off";
            case FENCED -> confirm.node() + " is fenced already";
            case SUSPECT, LAPSED, STOPPED -> null;
        };
        if (refusal == null) {
            fence(turn, node, Rule.POWER_OFF, List.of(), command.who() + " confirms that the power is off");
        }
        turn.decide(Rule.OPERATOR, new ClusterEvent.CommandAnswered(
                command.id(), confirm.node(), refusal == null,
                refusal == null ? confirm.node() + " counts as powered off" : refusal));
    }
}
