package dev.holdfast.guard.supervisor;

import dev.holdfast.guard.process.ChildWatch;
import dev.holdfast.guard.process.NativeCalls;
import dev.holdfast.guard.process.ParentBound;
import dev.holdfast.guard.process.ProcessIdentity;
import dev.holdfast.guard.server.Log;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Stands for the machine: keeps the guard and the node's process running, and kills what either leaves behind. One
 * thread does everything; it must live as long as the process, because the node is bound to it.
 */
final class Supervisor {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
    private static final Duration GUARD_STOP = Duration.ofSeconds(10);
    private static final Duration KILL_STOP = Duration.ofSeconds(5);
    private static final Duration WAKE_AT_LEAST = Duration.ofHours(1);

    private final SupervisorSettings settings;
    private final Log log;
    private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();
    private final ChildWatch children = new ChildWatch(pid -> events.add(() -> stopped(pid)));
    private final Kept guard;
    private final Kept node;
    private Stop stop = Stop.NOT_ASKED;
    private long stopDeadlineNanos;

    Supervisor(SupervisorSettings settings, Log log) {
        this.settings = settings;
        this.log = log;
        ParentBound bound = ParentBound.detect();
        if (!bound.hasDeathSignal()) {
            log.say("no setpriv here: the node's process must watch its standard input to end with the supervisor");
        }
        this.guard = new Kept("guard", settings.guard(), settings, children, log);
        this.node = new Kept("node", bound.wrap(settings.node()), settings, children, log);
    }

    /** Begins an orderly stop; may be called from any thread. */
    void stop() {
        events.add(this::beginStop);
    }

    /** Runs until an orderly stop is complete. */
    void run() throws IOException, InterruptedException {
        NativeCalls.becomeSubReaper();
        children.start();
        Files.deleteIfExists(stoppingMarker());
        PidFile own = new PidFile(settings.runFolder(), "supervisor");
        own.write(ProcessIdentity.self());
        step();
        while (stop != Stop.DONE) {
            Runnable event = events.poll(untilNext().toMillis() + 1, TimeUnit.MILLISECONDS);
            if (event != null) {
                event.run();
            }
            step();
        }
        guard.removePidFile();
        node.removePidFile();
        own.remove();
        Files.deleteIfExists(stoppingMarker());
        log.say("stopped");
    }

    private void step() {
        if (!guard.isUp() && !guard.orphans().areGone()) {
            guard.orphans().killAllBut(node.identity());
        }
        if (!node.isUp() && !node.orphans().areGone()) {
            node.orphans().killAllButThoseOf(guard.identity());
        }
        if (stop == Stop.NOT_ASKED) {
            startIfDue(guard);
            startIfDue(node);
        } else {
            continueStop();
        }
    }

    private void startIfDue(Kept kept) {
        if (!kept.isUp() && kept.orphans().areGone() && !kept.untilStart().isPositive()) {
            if (kept.orphans().killed() > 0) {
                log.say("killed " + kept.orphans().killed() + " processes that were left behind");
            }
            kept.start(ended -> events.add(() -> ended.ended(settings.machine())), settings.machine());
        }
    }

    /** Time until {@link #step} has something to do. */
    private Duration untilNext() {
        Duration next = WAKE_AT_LEAST;
        for (Kept kept : new Kept[] {guard, node}) {
            if (!kept.isUp() && !kept.orphans().areGone()) {
                next = LOOK_AGAIN;
            } else if (!kept.isUp() && stop == Stop.NOT_ASKED) {
                next = shorter(next, kept.untilStart());
            }
        }
        if (stop != Stop.NOT_ASKED) {
            next = shorter(next, Duration.ofNanos(stopDeadlineNanos - System.nanoTime()));
        }
        return next.isNegative() ? Duration.ZERO : next;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    /** A guard that stands still guards nothing: it is taken for dead, and with it go the guests. */
    private void stopped(int pid) {
        if (guard.isUp() && guard.identity().pid() == pid) {
            log.say("the guard was stopped by a signal: killing it and the guests");
            guard.kill();
        }
    }

    private Path stoppingMarker() {
        return settings.runFolder().resolve("stopping");
    }

    private void beginStop() {
        if (stop != Stop.NOT_ASKED) {
            return;
        }
        log.say("stopping: the node has " + settings.stopWait() + " to drain");
        try {
            Files.writeString(stoppingMarker(), ProcessIdentity.self() + "\n");
        } catch (IOException cannot) {
            log.say("the marker 'stopping' cannot be written: " + cannot.getMessage());
        }
        node.terminate();
        enter(Stop.NODE, settings.stopWait());
    }

    private void enter(Stop next, Duration within) {
        stop = next;
        stopDeadlineNanos = System.nanoTime() + within.toNanos();
    }

    private void continueStop() {
        boolean late = System.nanoTime() >= stopDeadlineNanos;
        switch (stop) {
            case NODE -> {
                if (!node.isUp()) {
                    guard.letGo();
                    enter(Stop.GUARD, GUARD_STOP);
                } else if (late) {
                    log.say("the node did not drain in time: killing it");
                    node.kill();
                    enter(Stop.NODE, KILL_STOP);
                }
            }
            case GUARD -> {
                if (!guard.isUp()) {
                    enter(Stop.ORPHANS, KILL_STOP);
                } else if (late) {
                    log.say("the guard did not end in time: killing it");
                    guard.kill();
                    enter(Stop.GUARD, KILL_STOP);
                }
            }
            case ORPHANS -> {
                boolean gone = guard.orphans().areGone() && node.orphans().areGone();
                if (late && !gone) {
                    log.say("processes that cannot be killed are left behind");
                }
                stop = gone || late ? Stop.DONE : Stop.ORPHANS;
            }
            case NOT_ASKED, DONE -> {}
        }
    }

    /** How far an orderly stop has come. */
    private enum Stop {
        NOT_ASKED,
        /** The node drains. */
        NODE,
        /** The guard ends. */
        GUARD,
        /** Whatever they left is killed. */
        ORPHANS,
        DONE
    }
}
