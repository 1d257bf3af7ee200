package dev.holdfast.guard.server;

import dev.holdfast.core.guard.Refusal;
import dev.holdfast.guard.process.NativeCalls;
import dev.holdfast.guard.process.ProcessEntry;
import dev.holdfast.guard.process.ProcessIdentity;
import dev.holdfast.guard.protocol.Exit;
import dev.holdfast.guard.protocol.GuestView;
import dev.holdfast.guard.protocol.Reply;
import dev.holdfast.guard.protocol.StartOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** One run of one guest, from the accepted start to the proven death. Used by the guard's thread only. */
final class GuestRun {

    private static final Duration FREEZE_LOOK = Duration.ofMillis(1);
    private static final Duration FIRST_LOOK = Duration.ofMillis(2);
    private static final int LONGEST_LOOK_FACTOR = 25;
    /** A process forked during one look may be missing from it; a parent that was seen dead cannot fork again. */
    private static final int PROOF_SCANS = 2;

    private static final int PROCESSES_LISTED = 500;

    private final StartOrder order;
    private final Duration acceptedAt;
    private final Consumer<Reply.News> news;
    private final List<Asker> stoppers = new ArrayList<>();
    private final Set<ProcessIdentity> leftovers = new HashSet<>();
    private GuestPhase phase;
    private boolean launching = true;
    private boolean asked;
    private ProcessIdentity main;
    private Exit exit;

    GuestRun(StartOrder order, Asker asker, Duration now, Consumer<Reply.News> news) {
        this.order = order;
        this.acceptedAt = now;
        this.news = news;
        this.phase = new GuestPhase.Starting(asker);
    }

    StartOrder order() {
        return order;
    }

    /** Null until it runs. */
    ProcessIdentity main() {
        return main;
    }

    boolean isLaunching() {
        return launching;
    }

    /** Whether nothing of it is left, and that is proven. */
    boolean isGone() {
        return !launching
                && exit != null
                && phase instanceof GuestPhase.Ending ending
                && ending.cleanScans() >= PROOF_SCANS;
    }

    void launched(ProcessIdentity process) {
        launching = false;
        main = process;
        if (phase instanceof GuestPhase.Starting starting) {
            phase = new GuestPhase.Running();
            starting.asker().answer(new Reply.Started(process));
        } else if (phase instanceof GuestPhase.Stopping) {
            NativeCalls.signal(main, NativeCalls.SIGTERM);
        }
    }

    void launchFailed(Refusal reason, String detail, Duration now) {
        launching = false;
        exit = Exit.NEVER_RAN;
        if (phase instanceof GuestPhase.Starting starting) {
            starting.asker().refuse(reason, detail);
        }
        end(now);
    }

    void mainEnded(Exit how, Duration now) {
        exit = how;
        end(now);
    }

    void stop(Asker asker, Duration grace, Duration now) {
        asked = true;
        stoppers.add(asker);
        Duration killAt = now.plus(grace);
        switch (phase) {
            case GuestPhase.Starting starting -> {
                starting.asker().refuse(Refusal.NOT_RUNNING, order.guest() + " was stopped before it ran");
                phase = new GuestPhase.Stopping(killAt);
            }
            case GuestPhase.Running _ -> terminate(killAt);
            case GuestPhase.Stilling _, GuestPhase.Frozen _ -> {
                thaw(false);
                terminate(killAt);
            }
            case GuestPhase.Stopping stopping -> {
                boolean sooner = killAt.compareTo(stopping.killAt()) < 0;
                phase = sooner ? new GuestPhase.Stopping(killAt) : stopping;
            }
            case GuestPhase.Ending _ -> {
                // Its death is being verified; the answer follows.
            }
        }
    }

    private void terminate(Duration killAt) {
        NativeCalls.signal(main, NativeCalls.SIGTERM);
        phase = new GuestPhase.Stopping(killAt);
    }

    /** Kills it, whatever it is doing. */
    void end(Duration now) {
        switch (phase) {
            case GuestPhase.Starting starting ->
                starting.asker().refuse(Refusal.EXPIRED, "the guard expired while " + order.guest() + " started");
            case GuestPhase.Stilling stilling ->
                stilling.asker().refuse(Refusal.NOT_RUNNING, order.guest() + " ended while it was being frozen");
            case GuestPhase.Ending _ -> {
                return;
            }
            case GuestPhase.Running _, GuestPhase.Frozen _, GuestPhase.Stopping _ -> {}
        }
        phase = new GuestPhase.Ending(0, 0, now);
    }

    void endAsked(Duration now) {
        asked = true;
        end(now);
    }

    void freeze(Asker asker, Duration atMost, Duration now) {
        if (phase instanceof GuestPhase.Running) {
            phase = new GuestPhase.Stilling(now.plus(atMost), asker, new Freezing());
        } else {
            asker.refuse(Refusal.NOT_RUNNING, order.guest() + " is " + name());
        }
    }

    void thaw(Asker asker) {
        if (phase instanceof GuestPhase.Frozen) {
            thaw(false);
            asker.answer(new Reply.Done());
        } else {
            asker.refuse(Refusal.NOT_RUNNING, order.guest() + " is " + name() + ", not frozen");
        }
    }

    private void thaw(boolean overdue) {
        switch (phase) {
            case GuestPhase.Stilling stilling -> {
                stilling.freezing().undo();
                stilling.asker()
                        .refuse(Refusal.TOOK_TOO_LONG, order.guest() + " did not come to a stand in time");
            }
            case GuestPhase.Frozen frozen -> {
                frozen.freezing().undo();
                news.accept(new Reply.Thawed(order.guest(), overdue));
            }
            case GuestPhase.Starting _, GuestPhase.Running _, GuestPhase.Stopping _, GuestPhase.Ending _ -> {
                return;
            }
        }
        phase = new GuestPhase.Running();
    }

    /** When to call {@link #look} next; null if only an event can change anything. */
    Duration nextLook(Duration now) {
        return switch (phase) {
            case GuestPhase.Starting _, GuestPhase.Running _ -> null;
            case GuestPhase.Stilling _ -> now.plus(FREEZE_LOOK);
            case GuestPhase.Frozen frozen -> frozen.until();
            case GuestPhase.Stopping stopping -> stopping.killAt();
            case GuestPhase.Ending ending -> ending.nextLook();
        };
    }

    /** Whether {@link #look} would need the process table now. */
    boolean isDue(Duration now) {
        return switch (phase) {
            case GuestPhase.Starting _, GuestPhase.Running _ -> false;
            case GuestPhase.Stilling _ -> true;
            case GuestPhase.Frozen frozen -> now.compareTo(frozen.until()) >= 0;
            case GuestPhase.Stopping stopping -> now.compareTo(stopping.killAt()) >= 0;
            case GuestPhase.Ending ending -> now.compareTo(ending.nextLook()) >= 0;
        };
    }

    /**
     * Goes one step on.
     *
     * @param scan who is there
     * @param startUnderWay whether a process of another guest's start may be among the unattributed ones
     */
    void look(Membership.Scan scan, boolean startUnderWay, Duration now) {
        List<ProcessEntry> members = startUnderWay
                ? scan.owned().getOrDefault(order.guest(), List.of()).stream()
                        .filter(ProcessEntry::isAlive)
                        .toList()
                : scan.possibleMembersOf(order.guest());
        switch (phase) {
            case GuestPhase.Stilling stilling -> stopMore(stilling, members, startUnderWay, now);
            case GuestPhase.Frozen _ -> thaw(true);
            case GuestPhase.Stopping _ -> {
                phase = new GuestPhase.Ending(0, 0, now);
                look(scan, startUnderWay, now);
            }
            case GuestPhase.Ending ending -> killMore(ending, members, startUnderWay, now);
            case GuestPhase.Starting _, GuestPhase.Running _ -> {}
        }
    }

    private void stopMore(
            GuestPhase.Stilling stilling, List<ProcessEntry> members, boolean startUnderWay, Duration now) {
        if (stilling.freezing().look(members, !startUnderWay)) {
            phase = new GuestPhase.Frozen(stilling.until(), stilling.freezing());
            stilling.asker().answer(new Reply.Frozen(members.size()));
        } else if (now.compareTo(stilling.until()) >= 0) {
            thaw(true);
        }
    }

    private void killMore(
            GuestPhase.Ending ending, List<ProcessEntry> members, boolean startUnderWay, Duration now) {
        for (ProcessEntry member : members) {
            member.identity().kill();
            if (!member.identity().equals(main)) {
                leftovers.add(member.identity());
            }
        }
        int clean = members.isEmpty() && !startUnderWay ? ending.cleanScans() + 1 : 0;
        int looks = ending.looks() + 1;
        Duration pause = FIRST_LOOK.multipliedBy(Math.min(looks, LONGEST_LOOK_FACTOR));
        phase = new GuestPhase.Ending(clean, looks, now.plus(pause));
    }

    /** Tells everybody who should know that it is gone. */
    void farewell() {
        if (main != null) {
            news.accept(new Reply.GuestExited(
                    order.guest(), order.epoch(), order.incarnation(), exit, leftovers.size(), asked));
        }
        for (Asker stopper : stoppers) {
            stopper.answer(new Reply.Stopped(exit));
        }
    }

    GuestView view(Membership.Scan scan, Duration now) {
        List<ProcessIdentity> members = scan.possibleMembersOf(order.guest()).stream()
                .limit(PROCESSES_LISTED)
                .map(ProcessEntry::identity)
                .toList();
        return new GuestView(
                order.guest(), order.epoch(), order.incarnation(), name(), main, members, now.minus(acceptedAt));
    }

    private GuestView.Phase name() {
        return switch (phase) {
            case GuestPhase.Starting _ -> GuestView.Phase.STARTING;
            case GuestPhase.Running _ -> GuestView.Phase.RUNNING;
            case GuestPhase.Stilling _, GuestPhase.Frozen _ -> GuestView.Phase.FROZEN;
            case GuestPhase.Stopping _ -> GuestView.Phase.STOPPING;
            case GuestPhase.Ending _ -> GuestView.Phase.ENDING;
        };
    }
}
