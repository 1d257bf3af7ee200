package dev.holdfast.guard.server;

import dev.holdfast.core.guard.Lapse;
import dev.holdfast.core.guard.Refusal;
import dev.holdfast.core.guard.Watch;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.guard.clock.LeaseClock;
import dev.holdfast.guard.clock.MachineClock;
import dev.holdfast.guard.clock.TimeLeft;
import dev.holdfast.guard.process.ProcessIdentity;
import dev.holdfast.guard.protocol.Frames;
import dev.holdfast.guard.protocol.GuardStatus;
import dev.holdfast.guard.protocol.Reply;
import dev.holdfast.guard.protocol.Request;
import dev.holdfast.guard.protocol.StartOrder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Decides, in one thread, about feeding, starting and killing (rule R5). An unexpected exception is not handled
 * anywhere: it ends the guard's process, which kills the guests.
 */
final class Guard {

    private static final int KILLED_LISTED = 1000;

    private final GuardIdentity identity;
    private final MachineClock machine;
    private final LeaseClock clock;
    private final ArmedFile armedFile;
    private final DeadlineAlarm alarm;
    private final Consumer<Reply.News> news;
    private final Log log;
    private final Helpers helpers = new Helpers();
    private final ArmingServices services;
    private GuestTable guests;
    /** Read by the launcher's thread. */
    private volatile Watch watch;

    private Peer armedBy;
    private Sweep sweep;
    private boolean ending;
    private String lastExpiry;

    Guard(
            GuardIdentity identity,
            MachineClock machine,
            LeaseClock clock,
            ArmedFile armedFile,
            DeadlineAlarm alarm,
            Consumer<Reply.News> news,
            Log log)
            throws IOException {
        this.identity = identity;
        this.machine = machine;
        this.clock = clock;
        this.armedFile = armedFile;
        this.alarm = alarm;
        this.news = news;
        this.log = log;
        this.services = new ArmingServices(identity.process(), log);
        this.watch = new Watch.Unarmed(armedFile.read());
        this.sweep = new Sweep(identity.process(), identity.machine(), List.of(), clock.now());
    }

    void guards(GuestTable table) {
        this.guests = table;
    }

    /** Whether it was told to end and nothing is left to be guarded. */
    boolean isOver() {
        return ending && sweep == null;
    }

    void handle(Peer peer, long id, Request request) {
        Duration now = clock.now();
        expireIfDue(now);
        Asker asker = reply -> peer.send(id, reply);
        if (peer.process() == null && !(request instanceof Request.Hello)) {
            asker.refuse(Refusal.INVALID, "say hello first");
            return;
        }
        switch (request) {
            case Request.Hello hello -> greet(peer, hello, asker);
            case Request.Arm arm -> arm(peer, arm, asker, now);
            case Request.Feed feed -> feed(peer, feed, asker, now);
            case Request.CheckIn checkIn -> checkIn(checkIn.incarnation(), asker, now);
            case Request.GiveUp giveUp -> giveUp(peer, giveUp, asker, now);
            case Request.Acknowledge acknowledge -> acknowledge(acknowledge.incarnation(), asker);
            case Request.Disarm disarm -> disarm(peer, disarm.incarnation(), asker);
            case Request.Start start -> start(start.order(), asker, now);
            case Request.Stop stop -> guests.stop(stop, asker, now);
            case Request.ListGuests _ -> asker.answer(new Reply.Guests(guests.view(now)));
            case Request.Freeze freeze -> guests.freeze(freeze, asker, now);
            case Request.Thaw thaw -> guests.thaw(thaw.guest(), asker);
            case Request.AddHelper helper -> addHelper(helper.process(), asker);
            case Request.RemoveHelper helper -> {
                helpers.remove(helper.process());
                asker.answer(new Reply.Done());
            }
            case Request.AskStatus _ -> asker.answer(new Reply.Status(status(now)));
        }
    }

    /** A connection ended, for whatever reason. */
    void closed(Peer peer) {
        if (peer == armedBy && watch instanceof Watch.Armed armed) {
            expire(armed, Lapse.CONNECTION_CLOSED, "the connection of " + peer.role() + " ended", clock.now());
        }
    }

    /** Kills what it guards and is over when that is proven. */
    void end(String why) {
        log.say("ending: " + why);
        ending = true;
        Duration now = clock.now();
        if (watch instanceof Watch.Armed armed) {
            expire(armed, Lapse.GUARD_ENDING, why, now);
        } else if (sweep == null) {
            guests.endAll(now);
            sweep = newSweep(now);
        }
    }

    /** Does what is due. */
    void tick() {
        Duration now = clock.now();
        expireIfDue(now);
        guests.tick(now);
        if (sweep != null && now.compareTo(sweep.nextLook()) >= 0 && sweep.look(now) && guests.isEmpty()) {
            provenDead();
        }
        services.look(now);
    }

    /** Time until {@link #tick} has something to do; null if only an event can bring that. */
    Duration untilNext() {
        Duration now = clock.now();
        Duration next = guests.nextLook(now);
        next = earlier(next, sweep == null ? null : sweep.nextLook());
        next = earlier(next, services.nextLook());
        next = earlier(next, watch instanceof Watch.Armed armed ? armed.deadline() : null);
        return next == null ? null : next.minus(now);
    }

    private static Duration earlier(Duration one, Duration other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) <= 0 ? one : other;
    }

    private void greet(Peer peer, Request.Hello hello, Asker asker) {
        if (hello.version() != Frames.VERSION) {
            asker.refuse(
                    Refusal.INVALID, "version: the guard speaks " + Frames.VERSION + ", not " + hello.version());
            return;
        }
        peer.greeted(hello.role(), hello.process());
        asker.answer(new Reply.Welcome(
                Frames.VERSION, identity.node(), identity.machine(), identity.process(), Reply.Welcome.KIND));
    }

    private void arm(Peer peer, Request.Arm arm, Asker asker, Duration now) {
        if (ending) {
            asker.refuse(Refusal.GUARD_ENDING, "the guard was told to end");
            return;
        }
        Watch.Step step = watch.arm(arm.incarnation(), left(arm.lease()), arm.wd(), now);
        boolean dead = sweep == null && guests.isEmpty();
        if (step instanceof Watch.Step.To && !dead) {
            step = new Watch.Step.Denied(Refusal.GUESTS_ALIVE, "processes of guests are not yet proven dead");
        }
        if (step instanceof Watch.Step.To(Watch next)) {
            file(arm.incarnation());
            armedBy = peer;
            services.armed(peer.process());
            log.say("armed for " + arm.incarnation() + " by " + peer.role() + " (" + peer.process() + "), WD "
                    + arm.wd());
        }
        take(step, asker, now);
    }

    private void file(Incarnation incarnation) {
        try {
            armedFile.write(incarnation);
        } catch (IOException cannot) {
            throw new UncheckedIOException("the armed incarnation cannot be filed", cannot);
        }
    }

    private void feed(Peer peer, Request.Feed feed, Asker asker, Duration now) {
        if (watch instanceof Watch.Armed && peer != armedBy) {
            refuseOtherConnection(asker);
            return;
        }
        take(watch.feed(feed.incarnation(), left(feed.lease()), feed.wd(), now), asker, now);
    }

    private void take(Watch.Step step, Asker asker, Duration now) {
        switch (step) {
            case Watch.Step.Denied denied -> asker.refuse(denied.reason(), denied.detail());
            case Watch.Step.To(Watch next) -> {
                watch = next;
                Duration left = ((Watch.Armed) next).deadline().minus(now);
                alarm.setIn(left);
                asker.answer(new Reply.Fed(left));
            }
        }
    }

    private Duration left(TimeLeft lease) {
        return lease.at(machine.read());
    }

    private void checkIn(Incarnation incarnation, Asker asker, Duration now) {
        switch (watch.checkIn(incarnation, now)) {
            case Watch.Step.Denied denied -> asker.refuse(denied.reason(), denied.detail());
            case Watch.Step.To(Watch next) -> {
                watch = next;
                asker.answer(new Reply.Done());
            }
        }
    }

    private void giveUp(Peer peer, Request.GiveUp giveUp, Asker asker, Duration now) {
        Watch.Step.Denied denied = watch.startDenied(giveUp.incarnation(), now);
        if (denied != null) {
            asker.refuse(denied.reason(), denied.detail());
        } else if (peer != armedBy) {
            refuseOtherConnection(asker);
        } else {
            expire((Watch.Armed) watch, Lapse.GIVEN_UP, giveUp.why(), now);
            asker.answer(new Reply.Done());
        }
    }

    private void acknowledge(Incarnation incarnation, Asker asker) {
        if (watch instanceof Watch.Expired expired && expired.incarnation().equals(incarnation)) {
            watch = expired.acknowledge();
            services.returned();
            asker.answer(new Reply.Done());
        } else {
            asker.refuse(Refusal.OTHER_INCARNATION, "incarnation " + incarnation + " is not the one that expired");
        }
    }

    private void disarm(Peer peer, Incarnation incarnation, Asker asker) {
        Watch.Step.Denied denied = watch.startDenied(incarnation, clock.now());
        if (denied != null) {
            asker.refuse(denied.reason(), denied.detail());
        } else if (peer != armedBy) {
            refuseOtherConnection(asker);
        } else if (!guests.isEmpty()) {
            asker.refuse(Refusal.GUESTS_ALIVE, guests.size() + " guests are not yet proven dead");
        } else {
            watch = new Watch.Unarmed(incarnation);
            armedBy = null;
            alarm.clear();
            log.say("disarmed, " + incarnation + " ended cleanly");
            asker.answer(new Reply.Done());
        }
    }

    private static void refuseOtherConnection(Asker asker) {
        asker.refuse(Refusal.NOT_THE_ARMING_CONNECTION, "another connection armed the guard");
    }

    private void start(StartOrder order, Asker asker, Duration now) {
        Watch.Step.Denied denied = watch.startDenied(order.incarnation(), now);
        if (denied != null) {
            asker.refuse(denied.reason(), denied.detail());
            return;
        }
        log.say("starting " + order.guest() + ", epoch " + order.epoch());
        guests.start(order, this::stillPermitted, asker, now);
    }

    /** On the launcher's thread, just before the operating system is asked. */
    private boolean stillPermitted(StartOrder order) {
        return watch.startDenied(order.incarnation(), clock.now()) == null;
    }

    private void addHelper(ProcessIdentity helper, Asker asker) {
        if (!(watch instanceof Watch.Armed)) {
            asker.refuse(Refusal.NOT_ARMED, "helpers can be named only while armed");
        } else if (helpers.add(helper)) {
            asker.answer(new Reply.Done());
        } else {
            asker.refuse(Refusal.INVALID, "helper: " + Helpers.LIMIT + " are named already");
        }
    }

    private void expireIfDue(Duration now) {
        if (watch instanceof Watch.Armed armed && armed.isOver(now)) {
            expire(armed, Lapse.NOT_FED, "not fed for WD " + armed.wd(), now);
        }
    }

    private void expire(Watch.Armed armed, Lapse cause, String detail, Duration now) {
        watch = armed.expire(cause, detail, now);
        armedBy = null;
        alarm.clear();
        services.expired(now);
        lastExpiry = "incarnation " + armed.incarnation() + ": " + detail;
        sweep = newSweep(now);
        sweep.look(now);
        guests.endAll(now);
        log.say("expired (" + cause + "), " + lastExpiry + "; killing " + sweep.killed().size() + " processes");
        news.accept(new Reply.Expiring(armed.incarnation(), cause, detail));
    }

    private void provenDead() {
        List<ProcessIdentity> killed = new ArrayList<>(sweep.killed());
        sweep = null;
        helpers.clear();
        log.say("nothing is left of any guest; killed: " + killed);
        if (watch instanceof Watch.Expired expired) {
            List<ProcessIdentity> listed = killed.subList(0, Math.min(killed.size(), KILLED_LISTED));
            news.accept(
                    new Reply.Expired(expired.incarnation(), expired.cause(), expired.detail(), listed));
        }
    }

    private Sweep newSweep(Duration now) {
        List<ProcessIdentity> named = guests.mains();
        named.addAll(helpers.all());
        return new Sweep(identity.process(), identity.machine(), named, now);
    }

    private GuardStatus status(Duration now) {
        Watch present = watch;
        boolean armed = present instanceof Watch.Armed;
        GuardStatus.State state =
                switch (present) {
                    case Watch.Unarmed _ -> GuardStatus.State.UNARMED;
                    case Watch.Armed _ -> GuardStatus.State.ARMED;
                    case Watch.Expired _ ->
                        sweep == null ? GuardStatus.State.EXPIRED : GuardStatus.State.KILLING;
                };
        return new GuardStatus(
                state,
                present.newest(),
                armed ? ((Watch.Armed) present).deadline().minus(now) : Duration.ZERO,
                armed ? now.minus(((Watch.Armed) present).checkedIn()) : Duration.ZERO,
                guests.size(),
                identity.parentDeathSignal(),
                lastExpiry);
    }
}
