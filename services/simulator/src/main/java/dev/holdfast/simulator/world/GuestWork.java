package dev.holdfast.simulator.world;

import dev.holdfast.core.agent.GuestDuty;
import dev.holdfast.core.agent.GuestDuty.Stopping;
import dev.holdfast.core.agent.StartRule.Verdict;
import dev.holdfast.core.event.GuestEvent.StartGuest;
import dev.holdfast.core.event.GuestEvent.StopGuest;
import dev.holdfast.core.guard.Refusal;
import dev.holdfast.core.message.GuestReport;
import dev.holdfast.simulator.fault.Fault;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/** What one life does for one guest, one thing after the other: the product's duty over the simulated guard. */
final class GuestWork {

    private static final Set<Refusal> NOT_EVEN_TRIED = Set.of(
            Refusal.NOT_ARMED, Refusal.EXPIRED, Refusal.OTHER_INCARNATION, Refusal.ALREADY_RUNNING,
            Refusal.GUARD_ENDING);

    private final Life life;
    private final World world;
    private final String guest;
    private final GuestDuty duty;
    private final Deque<Runnable> queue = new ArrayDeque<>();
    private boolean busy;

    GuestWork(Life life, String guest) {
        this.life = life;
        this.world = life.world;
        this.guest = guest;
        this.duty = new GuestDuty(
                guest, life.machine.name, life.incarnation(), life.running, life.machine.clock::witness);
    }

    void start(StartGuest order) {
        take(() -> begin(order));
    }

    void stop(StopGuest order) {
        take(() -> end(order));
    }

    void exited(long epoch) {
        take(() -> duty.ended(epoch, "ended").ifPresent(life.guestReports::file));
    }

    void nodeStops() {
        take(() -> {
            if (duty.present() != null) {
                end(new StopGuest(
                        guest, duty.present().epoch(), life.machine.name, life.incarnation(), false, "node stops"));
            } else if (!world.parts.oneAfterTheOther() && life.running.contains(guest)) {
                life.guestReports.file(duty.stopped(life.running.now().get(guest), true, "node stops"));
            }
        });
    }

    private void take(Runnable next) {
        if (!world.parts.oneAfterTheOther()) {
            next.run();
            return;
        }
        queue.add(next);
        goOn();
    }

    private void goOn() {
        while (!busy && !queue.isEmpty()) {
            queue.poll().run();
        }
    }

    private void done() {
        busy = false;
        goOn();
    }

    private void begin(StartGuest order) {
        long floor = life.machine.disk.floors.getOrDefault(guest, 0L);
        switch (world.parts.judgeStart(order, duty.facts(floor, life.holdsLease(), life.mayStartGuests()))) {
            case Verdict.Start start -> {
                busy = true;
                world.rule("R9_ACCEPTED");
                life.usesLease("accepts a start of " + guest);
                life.act(Trap.Place.BEFORE_START, () -> launch(order));
            }
            case Verdict.Refuse refuse -> {
                world.rule("R9_REFUSED");
                if (world.parts.filesStartFloor()) {
                    life.machine.disk.floors.merge(guest, order.epoch(), Math::max);
                }
                life.guestReports.file(duty.refused(order, refuse.reason()));
            }
            case Verdict.NotMine notMine -> world.rule("R9_NOT_MINE");
            case Verdict.Repeated repeated -> world.rule("R9_REPEATED");
        }
    }

    private void launch(StartGuest order) {
        duty.launching(order);
        life.in(world.chance.millis(1, 8), () -> {
            if (world.parts.filesStartFloor()) {
                life.machine.disk.floors.merge(guest, order.epoch(), Math::max);
            }
            String problem = prepareVolume(order);
            if (problem != null) {
                boolean nothingThere = !order.newVolume() && life.machine.disk.volume(guest).newest() == null;
                life.guestReports.file(nothingThere
                        ? duty.noVolume(order, problem)
                        : duty.notStarted(order, true, problem));
                done();
            } else if (life.machine.guard == null) {
                // Whether it runs only the end of this incarnation can tell.
                life.guardLost();
            } else {
                life.machine.guard.start(order, life.incarnation(), refusal ->
                        life.in(world.chance.millis(1, 3), () -> answered(order, refusal)));
            }
        });
    }

    private String prepareVolume(StartGuest order) {
        Volume volume = life.machine.disk.volume(guest);
        if (!order.newVolume()) {
            return volume.live == null ? "there is no live volume" : null;
        }
        if (volume.live != null && volume.live != Content.EMPTY) {
            return "the volume of the new guest is not empty";
        }
        volume.live = Content.EMPTY;
        return null;
    }

    private void answered(StartGuest order, Refusal refusal) {
        if (refusal == null) {
            life.guestReports.file(duty.started(order, 1));
            probe(order);
        } else {
            life.guestReports.file(duty.notStarted(order, NOT_EVEN_TRIED.contains(refusal), refusal.name()));
        }
        done();
    }

    private void probe(StartGuest order) {
        life.in(world.chance.millis(20, 300), () -> take(() -> {
            if (duty.present() == order) {
                boolean silent = life.machine.silentGuestsUntil > world.now();
                if (silent) {
                    world.struck(Fault.GUEST_SILENT);
                }
                life.guestReports.file(new GuestReport.GuestHealth(
                        guest, order.epoch(), life.machine.name, life.incarnation(), life.machine.clock.witness(),
                        !silent, silent ? "silent" : "answers"));
            }
        }));
    }

    private void end(StopGuest order) {
        switch (duty.stopping(order)) {
            case Stopping.StopIt(StartGuest present) -> stopIt(order);
            case Stopping.LookFor() -> lookFor(order);
            case Stopping.NotMine() -> { }
        }
    }

    private void stopIt(StopGuest order) {
        if (life.machine.guard == null) {
            life.guardLost();
            return;
        }
        busy = true;
        life.machine.guard.guests().stop(guest, order.epoch(), refusal -> life.in(world.chance.millis(1, 3), () -> {
            if (refusal == null || refusal == Refusal.NO_SUCH_GUEST) {
                life.guestReports.file(duty.stopped(order.epoch(), true, order.reason()));
            } else {
                life.guestReports.file(duty.notStopped(order.epoch(), refusal.name()));
            }
            done();
        }));
    }

    private void lookFor(StopGuest order) {
        boolean notHere = life.machine.guard != null && !life.machine.guard.guests().has(guest, order.epoch())
                || !world.parts.oneAfterTheOther();
        long floor = life.machine.disk.floors.getOrDefault(guest, 0L);
        duty.nothingRuns(order, floor, notHere).ifPresent(life.guestReports::file);
    }
}
