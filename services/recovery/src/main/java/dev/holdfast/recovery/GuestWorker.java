package dev.holdfast.recovery;

import dev.holdfast.core.agent.GuestDuty;
import dev.holdfast.core.agent.GuestDuty.Stopping;
import dev.holdfast.core.agent.RunningGuests;
import dev.holdfast.core.agent.StartRule;
import dev.holdfast.core.agent.StartRule.Verdict;
import dev.holdfast.core.event.GuestEvent.StartGuest;
import dev.holdfast.core.event.GuestEvent.StopGuest;
import dev.holdfast.core.guest.GuestSpec;
import dev.holdfast.core.guest.InvalidGuestSpec;
import dev.holdfast.core.guest.Placeholders;
import dev.holdfast.core.guest.ProbeNews;
import dev.holdfast.core.message.GuestReport;
import dev.holdfast.guard.client.Answer;
import dev.holdfast.guard.client.GuardClient;
import dev.holdfast.guard.process.ProcessIdentity;
import dev.holdfast.guard.protocol.Exit;
import dev.holdfast.guard.protocol.GuestView;
import dev.holdfast.core.guard.Refusal;
import dev.holdfast.guard.protocol.StartOrder;
import dev.holdfast.messaging.ReportWriter;
import dev.holdfast.recovery.probe.Probe;
import dev.holdfast.recovery.probe.ProbeLoop;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything this node does for one guest, one thing after the other, in a thread of its own: start, stop, and what
 * follows when it ends by itself. Every order addressed to this incarnation is answered by exactly one report.
 */
final class GuestWorker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GuestWorker.class);

    /** Refusals of the guard after which it is certain that nothing was started, and that say nothing of the guest. */
    private static final Set<Refusal> NOT_EVEN_TRIED = Set.of(
            Refusal.NOT_ARMED, Refusal.EXPIRED, Refusal.OTHER_INCARNATION, Refusal.ALREADY_RUNNING,
            Refusal.GUARD_ENDING);

    /** Refusals after which it may run or not: the guard's death or expiry will tell, by ending this incarnation. */
    private static final Set<Refusal> UNKNOWN = Set.of(Refusal.NO_ANSWER, Refusal.CONNECTION_LOST);

    private final String guest;
    private final NodeFacts node;
    private final GuardClient guard;
    private final FloorFile floors;
    private final ReportWriter<GuestReport> reports;
    private final Supplier<Duration> clock;
    private final ExecutorService thread;
    private final GuestDuty duty;

    private ProbeLoop probing;

    GuestWorker(
            String guest,
            NodeFacts node,
            GuardClient guard,
            FloorFile floors,
            RunningGuests running,
            ReportWriter<GuestReport> reports,
            Supplier<Duration> clock) {
        this.guest = guest;
        this.node = node;
        this.guard = guard;
        this.floors = floors;
        this.reports = reports;
        this.clock = clock;
        this.duty = new GuestDuty(guest, node.node(), node.incarnation(), running, clock);
        this.thread = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("guest-" + guest).daemon().factory());
    }

    void onStart(StartGuest order) {
        thread.execute(() -> start(order));
    }

    void onStop(StopGuest order) {
        thread.execute(() -> stop(order));
    }

    /** The node is stopped in an orderly way: stop what runs of the guest. */
    void onNodeStopping(String why) {
        thread.execute(() -> {
            if (duty.present() != null) {
                stop(new StopGuest(guest, duty.present().epoch(), node.node(), node.incarnation(), false, why));
            }
        });
    }

    /** The guard proved that nothing of the guest is left, without having been asked to stop it. */
    void onExit(long epoch, Exit exit) {
        thread.execute(() -> ended(epoch, exit));
    }

    void onThawed() {
        thread.execute(() -> {
            if (probing != null) {
                // The guard tells when it is over; what failed until now may have failed because of it.
                probing.frozen();
                probing.thawed();
            }
        });
    }

    private void start(StartGuest order) {
        long floor;
        try {
            floor = floors.of(guest);
        } catch (IOException unreadable) {
            duty.floorUnknown(order, unreadable.getMessage()).ifPresent(reports::file);
            return;
        }
        StartRule.Facts facts =
                duty.facts(floor, node.leaseHeld().getAsBoolean(), node.guardArmed().getAsBoolean());
        switch (StartRule.judge(order, facts)) {
            case Verdict.Start start -> launch(order);
            case Verdict.Refuse refuse -> refuse(order, floor, refuse.reason());
            case Verdict.NotMine notMine -> { }
            case Verdict.Repeated repeated -> { }
        }
    }

    private void refuse(StartGuest order, long floor, String reason) {
        try {
            if (order.epoch() > floor) {
                floors.raise(guest, order.epoch());
            }
        } catch (IOException notFiled) {
            LOG.warn("the floor of {} is not raised to {}: {}", guest, order.epoch(), notFiled.getMessage());
        }
        reports.file(duty.refused(order, reason));
    }

    private void launch(StartGuest order) {
        // From here on every beat names it; the floor is durable before anything can run (R9).
        duty.launching(order);
        try {
            floors.raise(guest, order.epoch());
            launchAboveFloor(order);
        } catch (IOException unprepared) {
            notStarted(order, true, "nothing was started: " + unprepared.getMessage());
        }
    }

    private void launchAboveFloor(StartGuest order) throws IOException {
        if (!order.spec().volume().isMetBy(node.volumes().kept())) {
            notStarted(order, false, "its volume is to be " + order.spec().volume() + ", and this node keeps volumes as "
                    + node.volumes().kept());
            return;
        }
        Optional<GuestVolumes.Problem> problem =
                order.newVolume() ? node.volumes().create(guest) : node.volumes().missing(guest);
        if (problem.isPresent()) {
            reports.file(problem.get().nothingThere()
                    ? duty.noVolume(order, problem.get().reason())
                    : duty.notStarted(order, true, problem.get().reason()));
            return;
        }
        StartOrder start;
        try {
            start = startOrder(order);
        } catch (InvalidGuestSpec invalid) {
            notStarted(order, false, invalid.getMessage());
            return;
        }
        switch (guard.start(start)) {
            case Answer.Given<ProcessIdentity> given -> started(order, given.value());
            case Answer.Refused<ProcessIdentity> refused -> refused(order, refused);
        }
    }

    private void started(StartGuest order, ProcessIdentity process) {
        reports.file(duty.started(order, process.pid()));
        GuestSpec spec = order.spec();
        Probe probe = Probe.of(spec, node.placeholders().apply(order));
        probing = new ProbeLoop(guest, probe, spec.probe().timing(), news -> health(order, news));
    }

    private void refused(StartGuest order, Answer.Refused<ProcessIdentity> refused) {
        if (UNKNOWN.contains(refused.reason())) {
            LOG.warn("start of {} under epoch {}: {}", guest, order.epoch(), refused.detail());
            return;
        }
        notStarted(order, NOT_EVEN_TRIED.contains(refused.reason()), refused.detail());
    }

    private void notStarted(StartGuest order, boolean refused, String reason) {
        reports.file(duty.notStarted(order, refused, reason));
    }

    private StartOrder startOrder(StartGuest order) throws IOException {
        GuestSpec spec = order.spec();
        Placeholders values = node.placeholders().apply(order);
        Files.createDirectories(node.logs());
        return new StartOrder(
                guest, order.epoch(), node.incarnation(), spec.commandWith(values), spec.environmentWith(values),
                node.volumes().live(guest), node.logs().resolve("guest-" + guest + ".log").toAbsolutePath());
    }

    private void health(StartGuest order, ProbeNews news) {
        thread.execute(() -> {
            if (duty.present() != order) {
                return;
            }
            boolean answering = news instanceof ProbeNews.Answers;
            reports.file(new GuestReport.GuestHealth(
                    guest, order.epoch(), node.node(), node.incarnation(), clock.get(), answering, describe(news)));
        });
    }

    private static String describe(ProbeNews news) {
        return switch (news) {
            case ProbeNews.Answers answers -> "answered " + answers.sinceStart().toMillis() + " ms after its start";
            case ProbeNews.Down down -> down.reason();
        };
    }

    private void stop(StopGuest order) {
        switch (duty.stopping(order)) {
            case Stopping.StopIt(StartGuest present) -> stopIt(order, present);
            case Stopping.LookFor() -> stopUnknown(order);
            case Stopping.NotMine() -> { }
        }
    }

    private void stopIt(StopGuest order, StartGuest present) {
        endProbing();
        switch (guard.stop(guest, order.epoch(), present.spec().stopGrace())) {
            case Answer.Given<Exit> given ->
                reports.file(duty.stopped(order.epoch(), true, order.reason() + ", " + given.value()));
            case Answer.Refused<Exit> refused -> {
                if (refused.reason() == Refusal.NO_SUCH_GUEST) {
                    reports.file(duty.stopped(order.epoch(), true, order.reason() + ", it had ended already"));
                } else {
                    LOG.warn("stop of {} under epoch {}: {}", guest, order.epoch(), refused.detail());
                    notStopped(order, refused);
                }
            }
        }
    }

    /** It may still be running. Without the guard the end of this incarnation will tell, and this says nothing. */
    private void notStopped(StopGuest order, Answer.Refused<Exit> refused) {
        if (refused.reason() != Refusal.CONNECTION_LOST) {
            reports.file(duty.notStopped(order.epoch(), refused.detail()));
        }
    }

    private void stopUnknown(StopGuest order) {
        try {
            boolean notHere = guard.list() instanceof Answer.Given<List<GuestView>> given
                    && given.value().stream().noneMatch(view -> view.guest().equals(guest)
                            && view.epoch() == order.epoch());
            duty.nothingRuns(order, floors.of(guest), notHere).ifPresent(reports::file);
        } catch (IOException unreadable) {
            LOG.warn("stop of {} under epoch {}: {}", guest, order.epoch(), unreadable.getMessage());
        }
    }

    private void ended(long epoch, Exit exit) {
        duty.ended(epoch, exit.toString()).ifPresent(report -> {
            endProbing();
            reports.file(report);
        });
    }

    private void endProbing() {
        if (probing != null) {
            probing.close();
            probing = null;
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        endProbing();
    }
}
