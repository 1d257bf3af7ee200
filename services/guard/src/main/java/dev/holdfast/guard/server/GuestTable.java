package dev.holdfast.guard.server;

import dev.holdfast.core.guard.Refusal;
import dev.holdfast.guard.process.ProcessIdentity;
import dev.holdfast.guard.process.ProcessTable;
import dev.holdfast.guard.protocol.Exit;
import dev.holdfast.guard.protocol.GuestView;
import dev.holdfast.guard.protocol.Reply;
import dev.holdfast.guard.protocol.Request;
import dev.holdfast.guard.protocol.StartOrder;
import java.io.File;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The guests of this machine, by name. Used by the guard's thread only; the launcher reports through {@code loop}. */
final class GuestTable {

    private static final Duration LONGEST_GRACE = Duration.ofHours(1);
    private static final Duration LONGEST_FREEZE = Duration.ofSeconds(2);
    private static final int GUEST_LIMIT = 64;

    private final Map<String, GuestRun> runs = new LinkedHashMap<>();
    private final Launcher launcher;
    private final Membership membership;
    private final Executor loop;
    private final Supplier<Duration> clock;
    private final Consumer<Reply.News> news;

    GuestTable(
            Launcher launcher,
            Membership membership,
            Executor loop,
            Supplier<Duration> clock,
            Consumer<Reply.News> news) {
        this.launcher = launcher;
        this.membership = membership;
        this.loop = loop;
        this.clock = clock;
        this.news = news;
    }

    boolean isEmpty() {
        return runs.isEmpty();
    }

    int size() {
        return runs.size();
    }

    /** Starts a guest that the watch allows to start. */
    void start(StartOrder order, Predicate<StartOrder> permitted, Asker asker, Duration now) {
        if (runs.containsKey(order.guest())) {
            asker.refuse(Refusal.ALREADY_RUNNING, order.guest() + " runs, or is not yet proven dead");
            return;
        }
        String impossible =
                runs.size() < GUEST_LIMIT ? impossible(order) : "guest: " + GUEST_LIMIT + " run here already";
        if (impossible != null) {
            asker.refuse(Refusal.INVALID, impossible);
            return;
        }
        GuestRun run = new GuestRun(order, asker, now, news);
        runs.put(order.guest(), run);
        launcher.launch(order, permitted, new Reports(run));
    }

    void stop(Request.Stop stop, Asker asker, Duration now) {
        GuestRun run = find(stop.guest(), asker);
        if (run == null) {
            return;
        }
        if (run.order().epoch() != stop.epoch()) {
            asker.refuse(
                    Refusal.OTHER_EPOCH,
                    stop.guest() + " runs under epoch " + run.order().epoch() + ", not " + stop.epoch());
        } else if (stop.grace().isNegative() || stop.grace().compareTo(LONGEST_GRACE) > 0) {
            asker.refuse(Refusal.INVALID, "grace: " + stop.grace() + " is not within zero to " + LONGEST_GRACE);
        } else {
            run.stop(asker, stop.grace(), now);
        }
    }

    void freeze(Request.Freeze freeze, Asker asker, Duration now) {
        GuestRun run = find(freeze.guest(), asker);
        if (run == null) {
            return;
        }
        if (!freeze.atMost().isPositive() || freeze.atMost().compareTo(LONGEST_FREEZE) > 0) {
            asker.refuse(Refusal.INVALID, "atMost: " + freeze.atMost() + " is not within 1 ms to " + LONGEST_FREEZE);
        } else {
            run.freeze(asker, freeze.atMost(), now);
        }
    }

    void thaw(String guest, Asker asker) {
        GuestRun run = find(guest, asker);
        if (run != null) {
            run.thaw(asker);
        }
    }

    /** The main process of every guest that has one. */
    List<ProcessIdentity> mains() {
        List<ProcessIdentity> mains = new ArrayList<>();
        for (GuestRun run : runs.values()) {
            if (run.main() != null) {
                mains.add(run.main());
            }
        }
        return mains;
    }

    /** Begins to kill every guest. */
    void endAll(Duration now) {
        runs.values().forEach(run -> run.endAsked(now));
    }

    List<GuestView> view(Duration now) {
        Membership.Scan scan = scan();
        return runs.values().stream().map(run -> run.view(scan, now)).toList();
    }

    /** Does what is due. */
    void tick(Duration now) {
        List<GuestRun> due =
                runs.values().stream().filter(run -> run.isDue(now)).toList();
        if (due.isEmpty()) {
            return;
        }
        boolean startUnderWay = runs.values().stream().anyMatch(GuestRun::isLaunching);
        Membership.Scan scan = scan();
        for (GuestRun run : due) {
            run.look(scan, startUnderWay, now);
            if (run.isGone()) {
                runs.remove(run.order().guest());
                run.farewell();
            }
        }
    }

    /** When something is due next; null if nothing is. */
    Duration nextLook(Duration now) {
        Duration next = null;
        for (GuestRun run : runs.values()) {
            Duration look = run.nextLook(now);
            if (look != null && (next == null || look.compareTo(next) < 0)) {
                next = look;
            }
        }
        return next;
    }

    private Membership.Scan scan() {
        Map<ProcessIdentity, String> mains = new HashMap<>();
        for (GuestRun run : runs.values()) {
            if (run.main() != null) {
                mains.put(run.main(), run.order().guest());
            }
        }
        return membership.sort(ProcessTable.read(), mains);
    }

    private GuestRun find(String guest, Asker asker) {
        GuestRun run = runs.get(guest);
        if (run == null) {
            asker.refuse(Refusal.NO_SUCH_GUEST, "no guest '" + guest + "' runs here, only " + runs.keySet());
        }
        return run;
    }

    /** What a person would have to repair before this can be started, or null. */
    private static String impossible(StartOrder order) {
        File program = new File(order.command().getFirst());
        if (!order.directory().toFile().isDirectory()) {
            return "directory: '" + order.directory() + "' is no folder, create it";
        }
        if (program.isAbsolute() && !program.canExecute()) {
            return "command: '" + program + "' is not an executable file";
        }
        File logFolder = order.log().toFile().getParentFile();
        if (!logFolder.isDirectory()) {
            return "log: '" + logFolder + "' is no folder, create it";
        }
        return null;
    }

    /** Brings what the launcher says to the guard's thread. */
    private final class Reports implements Launcher.Outcome {

        private final GuestRun run;

        Reports(GuestRun run) {
            this.run = run;
        }

        @Override
        public void started(ProcessIdentity process) {
            loop.execute(() -> run.launched(process));
        }

        @Override
        public void failed(String why) {
            loop.execute(() -> run.launchFailed(Refusal.LAUNCH_FAILED, why, clock.get()));
        }

        @Override
        public void ended(Exit exit) {
            loop.execute(() -> run.mainEnded(exit, clock.get()));
        }
    }
}
