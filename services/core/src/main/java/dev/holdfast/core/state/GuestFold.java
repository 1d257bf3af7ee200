package dev.holdfast.core.state;

import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.guest.RequestedState;
import dev.holdfast.core.node.Runner;
import java.time.Duration;

/** One guest event applied to the state. */
final class GuestFold {

    private GuestFold() {}

    static ClusterState apply(ClusterState state, GuestEvent event) {
        if (event instanceof GuestEvent.GuestDeclared declared) {
            return declare(state, declared);
        }
        if (event instanceof GuestEvent.GuestRemoved removed) {
            return state.withoutGuest(removed.guest());
        }
        GuestState guest = state.guests().get(event.guest());
        if (guest == null && event instanceof GuestEvent.RunnerFound found) {
            return state.withEpoch(found.runner().epoch());
        }
        if (guest == null) {
            throw new IllegalStateException("no guest '" + event.guest() + "' to apply to: " + event.summary());
        }
        GuestEdit edit = guest.edit();
        ClusterState next = change(state, edit, event);
        return next.withGuest(edit.done());
    }

    private static ClusterState declare(ClusterState state, GuestEvent.GuestDeclared event) {
        GuestState known = state.guests().get(event.guest());
        if (known == null) {
            return state.withGuest(GuestState.declared(event.spec()));
        }
        GuestEdit edit = known.edit();
        edit.spec = event.spec();
        if (edit.requested != event.spec().requestedState()) {
            request(edit, event.spec().requestedState());
        }
        edit.removing = false;
        edit.waiting = null;
        return state.withGuest(edit.done());
    }

    private static ClusterState change(ClusterState state, GuestEdit edit, GuestEvent event) {
        Duration out = edit.outage == null ? Duration.ZERO : edit.outage.since().elapsed(state.nodes());
        switch (event) {
            case GuestEvent.GuestDeclared e -> throw new IllegalStateException("handled above: " + e.summary());
            case GuestEvent.GuestRemoved e -> throw new IllegalStateException("handled above: " + e.summary());
            case GuestEvent.GuestRemoving e -> {
                edit.removing = true;
                edit.move = null;
                if (e.leaveRunning()) {
                    request(edit, RequestedState.IGNORED);
                }
            }
            case GuestEvent.GuestRequested e -> request(edit, e.state());
            case GuestEvent.MoveBegun e -> {
                edit.move = e.move();
                edit.handFailures = 0;
                edit.waiting = null;
                if (e.move().purpose() == Move.Purpose.RELOCATION) {
                    edit.attempts = edit.attempts.relocated();
                }
            }
            case GuestEvent.MoveEnded e -> {
                if (!e.arrived() && edit.move != null) {
                    edit.attempts = edit.attempts.turnedAway(edit.move, edit.spec.restart());
                }
                edit.move = null;
            }
            case GuestEvent.GuestWaiting e -> edit.waiting = new GuestState.Waiting(e.reason(), e.refused());
            case GuestEvent.PromoteReplica e -> {
                edit.phase = new GuestPhase.Promoting(e.epoch(), e.node(), e.incarnation());
                makeLive(edit, e.node());
                edit.waiting = null;
                return state.withEpoch(e.epoch());
            }
            case GuestEvent.ReplicateFinal e -> {
                edit.phase = new GuestPhase.Handing(
                        e.epoch(), e.node(), e.incarnation(), e.target(), e.targetIncarnation());
                edit.finalSnapshot = null;
                edit.waiting = null;
            }
            case GuestEvent.SetAside e ->
                edit.asideAsked = Sorted.with(edit.asideAsked, e.node(), e.incarnation() + "/" + e.epoch());
            case GuestEvent.ReplicateNow e -> { }
            case GuestEvent.HoldReplication e -> { }
            case GuestEvent.DropAside e -> edit.replication = edit.replication.withBranches(branch ->
                    branch.is(e.node(), e.aside()) ? branch.asked(e.incarnation().toString(), e.why()) : branch);
            case GuestEvent.AsideDropped e ->
                edit.replication = edit.replication.withoutBranch(e.node(), e.aside());
            case GuestEvent.ReplicationPaused e ->
                edit.replication = edit.replication.withHold(new Replication.Hold(e.who(), e.why()));
            case GuestEvent.ReplicationResumed e -> edit.replication = edit.replication.withHold(null);
            case GuestEvent.FinalSnapshotKnown e -> edit.finalSnapshot = e.snapshot();
            case GuestEvent.PromotionCompleted e -> {
                if (edit.phase instanceof GuestPhase.Promoting p) {
                    edit.phase = new GuestPhase.Promoted(p.epoch(), p.node(), p.incarnation());
                }
                edit.promotedFrom = e.snapshot().id();
                if (edit.outage != null) {
                    edit.outage = edit.outage.atPromoted(out, e.dataLoss(), e.snapshot().toString());
                }
            }
            case GuestEvent.AttemptVoid e -> {
                if (edit.phase instanceof GuestPhase.Handing) {
                    edit.handFailures++;
                }
                if (triedAndFailed(state, edit.phase)) {
                    edit.attempts = edit.attempts.refused(state.logOffset());
                }
                edit.phase = new GuestPhase.Idle();
            }
            case GuestEvent.StartGuest e -> {
                Runner runner = new Runner(e.node(), e.incarnation(), e.epoch());
                edit.runners.add(runner);
                makeLive(edit, e.node());
                edit.phase = new GuestPhase.Starting(runner);
                edit.waiting = null;
                if (edit.lastWriter == null) {
                    edit.lastWriter = new LastWriter(e.node(), e.incarnation(), e.epoch(), null, false);
                }
                return state.withEpoch(e.epoch());
            }
            case GuestEvent.StopGuest e -> {
                Runner stopped = new Runner(e.node(), e.incarnation(), e.epoch());
                if (edit.phase instanceof GuestPhase.Running running && running.runner().equals(stopped)) {
                    edit.attempts = edit.attempts.afterRunning(
                            running.since().elapsed(state.nodes()), edit.spec.restart());
                    edit.phase = new GuestPhase.Stopping(running.runner(), e.failing());
                }
                if (edit.outage == null && edit.move != null) {
                    edit.outage = Outage.beginning(LogTimer.startingAfter(state.logOffset()));
                }
            }
            case GuestEvent.StartConfirmed e -> {
                edit.finalSnapshot = null;
                edit.lossAccepted = false;
                edit.attempts = edit.attempts.started();
                edit.replication = edit.replication.anew();
                edit.phase = new GuestPhase.Running(e.runner(), false, LogTimer.startingAfter(state.logOffset()));
                edit.lastWriter =
                        new LastWriter(e.runner().node(), e.runner().incarnation(), e.runner().epoch(), null, true);
                if (edit.outage != null) {
                    edit.outage = edit.outage.atStarted(out);
                }
            }
            case GuestEvent.RunnerDischarged e -> discharge(state, edit, e);
            case GuestEvent.RunnerFound e -> {
                found(edit, e.runner());
                return state.withEpoch(e.runner().epoch());
            }
            case GuestEvent.GuestAnswering e -> answering(edit, true);
            case GuestEvent.GuestUnanswering e -> {
                answering(edit, false);
                if (edit.outage == null && edit.requested == RequestedState.STARTED) {
                    edit.outage = Outage.beginning(LogTimer.startingAfter(state.logOffset()));
                }
            }
            case GuestEvent.GuestRecovered e -> edit.outage = null;
            case GuestEvent.GuestErrored e -> {
                edit.phase = new GuestPhase.Errored(e.reason(), e.stuck());
                edit.move = null;
                edit.waiting = null;
            }
            case GuestEvent.ErrorCleared e -> {
                // What may still run did not end when it was told to; the stop is given again with this.
                edit.phase = edit.runners.isEmpty()
                        ? new GuestPhase.Idle()
                        : new GuestPhase.Stopping(edit.runners.getFirst(), false);
                edit.attempts = Attempts.NONE;
            }
            case GuestEvent.LossAccepted e -> {
                edit.lossAccepted = true;
                edit.waiting = null;
            }
            case GuestEvent.NeverStarted e -> {
                edit.lastWriter = null;
                edit.liveCopies.remove(e.node());
            }
            case GuestEvent.VolumeSetAside e -> {
                edit.liveCopies.remove(e.node());
                edit.asideAsked = Sorted.without(edit.asideAsked, e.node());
                if (!e.aside().isEmpty()) {
                    edit.replication = edit.replication.withBranch(new Replication.Branch(
                            e.node(), e.aside(), e.divergentBytes(), e.epoch(), e.from(),
                            LogTimer.startingAfter(state.logOffset()), null, null, null));
                }
            }
        }
        return state;
    }

    /** The disk of that node is gone. Who wrote last stays known: what a promotion loses is judged by it. */
    static ClusterState withoutCopiesOn(ClusterState state, String node) {
        ClusterState next = state;
        for (GuestState guest : state.guests().values()) {
            GuestEdit edit = guest.edit();
            edit.replicas = Sorted.without(edit.replicas, node);
            edit.liveCopies.remove(node);
            edit.asideAsked = Sorted.without(edit.asideAsked, node);
            edit.replication = edit.replication.withoutNode(node);
            next = next.withGuest(edit.done());
        }
        return next;
    }

    /** From here on its volume there is not superseded, whatever was asked before. */
    private static void makeLive(GuestEdit edit, String node) {
        edit.liveCopies.add(node);
        edit.asideAsked = Sorted.without(edit.asideAsked, node);
    }

    /** Whoever runs under a greater epoch than the log knew of has written last. */
    private static void found(GuestEdit edit, Runner runner) {
        edit.runners.add(runner);
        makeLive(edit, runner.node());
        if (edit.lastWriter == null || runner.epoch() > edit.lastWriter.epoch()) {
            edit.lastWriter = new LastWriter(runner.node(), runner.incarnation(), runner.epoch(), null, true);
        }
    }

    /** Whether the nodes asked were there and failed: then the next attempt waits, as it may fail the same way. */
    private static boolean triedAndFailed(ClusterState state, GuestPhase phase) {
        return switch (phase) {
            case GuestPhase.Promoting p -> state.node(p.node()).isActing(p.incarnation());
            case GuestPhase.Handing h -> state.node(h.source()).isActing(h.sourceIncarnation())
                    && state.node(h.target()).isActing(h.targetIncarnation());
            case GuestPhase.Idle _, GuestPhase.Promoted _, GuestPhase.Starting _, GuestPhase.Running _,
                    GuestPhase.Stopping _, GuestPhase.Errored _ -> false;
        };
    }

    private static void request(GuestEdit edit, RequestedState wanted) {
        edit.requested = wanted;
        edit.waiting = null;
        if (wanted != RequestedState.STARTED) {
            edit.move = null;
            edit.outage = null;
            edit.lossAccepted = false;
        }
        edit.attempts = Attempts.NONE;
    }

    private static void answering(GuestEdit edit, boolean answering) {
        if (edit.phase instanceof GuestPhase.Running running) {
            edit.phase = new GuestPhase.Running(running.runner(), answering, running.since());
        }
    }

    private static void discharge(ClusterState state, GuestEdit edit, GuestEvent.RunnerDischarged event) {
        Runner runner = event.runner();
        edit.runners.remove(runner);
        if (event.reportedAt() != null) {
            edit.discharged.add(new Discharged(runner, event.reportedAt()));
            if (edit.discharged.size() > GuestState.DISCHARGED_KEPT) {
                edit.discharged.removeFirst();
            }
        }
        Duration ranFor = edit.phase instanceof GuestPhase.Running running && running.runner().equals(runner)
                ? running.since().elapsed(state.nodes())
                : Duration.ZERO;
        edit.attempts = switch (event.ending()) {
            case ASKED, LOST -> edit.attempts;
            case REFUSED -> edit.attempts.refused(state.logOffset());
            case FAILED -> edit.attempts
                    .afterRunning(ranFor, edit.spec.restart())
                    .failed(runner.node(), edit.spec.restart(), state.logOffset());
        };
        boolean mayHaveRun = edit.phase instanceof GuestPhase.Starting starting && starting.runner().equals(runner)
                && event.reportedAt() == null;
        if (mayHaveRun) {
            mayHaveWritten(edit, runner);
        }
        LastWriter writer = edit.lastWriter;
        if (writer != null && isOf(writer, runner)) {
            // A start names the writer before it is confirmed only if there was none: the guest has never run.
            boolean neverRan = edit.phase instanceof GuestPhase.Starting && event.reportedAt() != null;
            edit.lastWriter = neverRan ? null : ended(writer, event.writerSentAt());
        }
        if (runs(edit.phase, runner)) {
            edit.phase = new GuestPhase.Idle();
        }
        boolean wanted = edit.requested == RequestedState.STARTED && !edit.removing;
        if (wanted && edit.outage == null) {
            edit.outage = Outage.beginning(LogTimer.startingAfter(state.logOffset()));
        }
    }

    /**
     * It ended without a word: for all that is known it has started, and written. The last snapshot of a move is then
     * not the newest state any more, but still as good a replica as any, also where it was taken.
     */
    private static void mayHaveWritten(GuestEdit edit, Runner runner) {
        boolean confirmed = edit.lastWriter != null && edit.lastWriter.confirmed();
        edit.lastWriter = new LastWriter(runner.node(), runner.incarnation(), runner.epoch(), null, confirmed);
        if (edit.finalSnapshot != null) {
            edit.replicas = Sorted.with(edit.replicas, edit.finalSnapshot.owner(), edit.finalSnapshot);
            edit.finalSnapshot = null;
        }
    }

    private static LastWriter ended(LastWriter writer, Duration sentAt) {
        return sentAt == null ? writer : writer.endedAt(sentAt);
    }

    private static boolean isOf(LastWriter writer, Runner runner) {
        return writer.node().equals(runner.node())
                && writer.incarnation().equals(runner.incarnation())
                && writer.epoch() == runner.epoch();
    }

    private static boolean runs(GuestPhase phase, Runner runner) {
        return switch (phase) {
            case GuestPhase.Starting starting -> starting.runner().equals(runner);
            case GuestPhase.Running running -> running.runner().equals(runner);
            case GuestPhase.Stopping stopping -> stopping.runner().equals(runner);
            case GuestPhase.Idle _, GuestPhase.Promoting _, GuestPhase.Promoted _, GuestPhase.Handing _ -> false;
            case GuestPhase.Errored errored -> runner.equals(errored.stuck());
        };
    }
}
