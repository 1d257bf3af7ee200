package dev.holdfast.core.model.silence;

import dev.holdfast.core.model.Model;
import java.util.ArrayList;
import java.util.List;

/**
 * Rule R6's T: beats, acknowledgements, testimony, clocks that err, lease and watchdog, and a pause between every look
 * and its act. What must never be: a is fenced and its guest can still run.
 */
class SilenceModel implements Model<World> {

    private final Setting setting;
    private final Rules rules;
    private final Readers readers;

    SilenceModel(Setting setting, Rules rules) {
        this.setting = setting;
        this.rules = rules;
        this.readers = new Readers(setting, rules);
    }

    @Override
    public List<World> beginnings() {
        List<World> worlds = new ArrayList<>();
        for (int rates = 0; rates < setting.rates().size(); rates++) {
            int clock = setting.clockOfWitness(0, setting.rates().get(rates), 1);
            worlds.add(new World(0, rates, Subject.NEW, Witness.at(1), readers.beginning(clock)));
        }
        return worlds;
    }

    @Override
    public String violation(World world) {
        Subject a = world.a();
        boolean canRun = a.started() && setting.clockOfA(world) <= a.deadline() + setting.late();
        return canRun && world.reader().hasFencedA() ? "a is fenced and its guest can still run" : null;
    }

    @Override
    public void steps(World world, Steps<World> steps) {
        if (setting.isOver(world) || isOver(world)) {
            return;
        }
        tick(world, steps);
        beat(world, steps);
        feed(world, steps);
        if (world.b() != null) {
            witness(world, steps);
        }
    }

    /** Nothing of this incarnation will ever run again, fenced or not. */
    boolean isOver(World world) {
        Subject a = world.a();
        int now = setting.clockOfA(world);
        boolean tooLateToStart = !a.started() && rules.lapseIsForEver()
                && a.lease().until() != Held.NONE && now >= a.lease().until();
        boolean ended = a.hasFired(now) && (!a.started() || now > a.deadline() + setting.late());
        return tooLateToStart || ended;
    }

    /** Idle ticks before a's first beat would only repeat everything later; one is left for what is on its way then. */
    private void tick(World world, Steps<World> steps) {
        if (world.now() == 0 || !world.a().beats().isEmpty()) {
            Witness b = world.b() == null ? null : world.b().afterTick();
            World next = new World(world.now() + 1, world.rates(), world.a(), b, world.reader());
            boolean leaseIsOver = rules.lapseIsForEver() && world.a().lease().until() != Held.NONE
                    && setting.clockOfA(next) >= world.a().lease().until();
            steps.to("a tick passes", leaseIsOver ? next.with(next.a().afterLease()) : next);
        }
    }

    private void beat(World world, Steps<World> steps) {
        Subject a = world.a();
        int now = setting.clockOfA(world);
        if (a.hasFired(now)) {
            return;
        }
        if (a.beats().size() < setting.beats() && now > a.lastSentAt()) {
            if (a.maySend()) {
                int lease = setting.leases().get(a.beats().size());
                Subject.Beat beat = new Subject.Beat(now, lease, Subject.Stage.IN_FLIGHT);
                steps.to("a sends a beat", world.with(a.sent(beat, rules.sent(a.lease(), beat))));
            } else if (rules.maySend(a.lease(), now)) {
                steps.to("a sees that it may send", world.with(a.withMaySend(a.lease())));
            }
        }
        int flying = a.oldest(Subject.Stage.IN_FLIGHT);
        if (flying != Held.NONE) {
            steps.to("a's beat is on the log", afterBeatOfA(world, flying));
        }
        for (int i = 0; i < a.beats().size() && a.ack() == Held.NONE; i++) {
            if (a.beats().get(i).stage() == Subject.Stage.ON_LOG) {
                steps.to("a hears of it and reads its clock", world.with(a.hearsOf(i, now)));
            }
        }
        if (a.ack() != Held.NONE) {
            Held next = rules.acknowledged(a.lease(), a.beats().get(a.ack()), a.ackReadAt());
            steps.to("a takes the acknowledgement", world.with(startedIfItMay(a.heard(next), now)));
        }
    }

    private World afterBeatOfA(World world, int place) {
        Subject.Beat beat = world.a().beats().get(place);
        Subject.Beat stored = new Subject.Beat(beat.sentAt(), beat.lease(), Subject.Stage.ON_LOG);
        return new World(
                world.now(), world.rates(), world.a().with(place, stored),
                world.b() == null ? null : world.b().afterBeatOfA(),
                world.b() == null ? world.reader() : readers.afterBeatOfA(world.reader(), beat));
    }

    /** A watchdog that only knows how to be wound up: the guard of the product knows the end of the lease too. */
    private void feed(World world, Steps<World> steps) {
        Subject a = world.a();
        int now = setting.clockOfA(world);
        boolean ended = a.deadline() != Held.NONE && now >= rules.lastFeeding(a.deadline(), setting);
        if (ended) {
            return;
        }
        if (a.mayFeed()) {
            steps.to(a.isArmed(now) ? "a feeds the watchdog" : "a arms the watchdog",
                    world.with(startedIfItMay(a.fed(now + setting.wd()), now)));
        } else if (rules.mayFeed(a.lease(), now, setting.wd())) {
            steps.to("a sees that it may feed", world.with(a.withMayFeed(a.lease())));
        }
    }

    /** The sooner the worse; and that a start may still come to nothing afterwards makes it no worse. */
    private Subject startedIfItMay(Subject a, int now) {
        return !a.started() && a.isArmed(now) && rules.isHeld(a.lease(), now) ? a.withStarted() : a;
    }

    private void witness(World world, Steps<World> steps) {
        Witness b = world.b();
        int now = setting.clockOfWitness(world);
        boolean something = world.reader().state().nodes().containsKey("a");
        if (something && b.seen() != Witness.Seen.THE_NEWEST) {
            steps.to("the witnesses read a's newest beat", world.with(b.reads(now)));
        }
        if (b.flying() == null && !b.sentNow()) {
            steps.to("the witnesses send a beat", world.with(b.sends(now)));
        }
        if (b.flying() != null) {
            Reader next = readers.afterBeatOfWitnesses(world.reader(), b.flying());
            steps.to(next.hasFencedA() ? "the witnesses' beat fences a" : "the witnesses' beat is on the log",
                    new World(
                            world.now(), world.rates(), world.a(), next.hasFencedA() ? null : b.isAppended(), next));
        }
        if (b.acked() != b.appended()) {
            steps.to("the witnesses hear of theirs", world.with(b.isAcknowledged()));
        }
        if (b.boot() <= setting.restarts()) {
            steps.to("the witnesses restart", world.with(b.restarts()));
        }
    }

    @Override
    public String describe(World world) {
        Subject a = world.a();
        int now = setting.clockOfA(world);
        StringBuilder text = new StringBuilder("tick " + world.now() + ", a's clock " + now);
        if (a.lease().until() != Held.NONE) {
            text.append(a.lease().granted() ? ", lease until " : ", lease not granted, until ")
                    .append(a.lease().until());
        }
        if (a.deadline() != Held.NONE) {
            text.append(a.started() ? ", guest runs, watchdog at " : ", watchdog at ").append(a.deadline());
        }
        if (world.b() != null) {
            text.append("; the witnesses' clock ").append(setting.clockOfWitness(world));
        }
        return text.toString();
    }
}
