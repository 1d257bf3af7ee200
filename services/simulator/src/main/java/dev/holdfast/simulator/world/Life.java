package dev.holdfast.simulator.world;

import dev.holdfast.core.agent.Beating;
import dev.holdfast.core.agent.IncarnationRule;
import dev.holdfast.core.agent.Pulse;
import dev.holdfast.core.agent.RunningGuests;
import dev.holdfast.core.agent.SeenBeats;
import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.event.GuestEvent.StartGuest;
import dev.holdfast.core.guard.Watch;
import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.message.Lapsed;
import dev.holdfast.core.message.NodeMessage;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.node.Timing;
import dev.holdfast.simulator.fault.Fault;
import dev.holdfast.simulator.invariant.LeaseStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One incarnation of a node's services, in the order in which the product begins it: the log read to its end, nothing
 * of before alive, the incarnation filed, the orders positioned, and only then the first beat.
 */
final class Life extends Services {

    private static final long RETRY = 250 * Chance.MILLI;
    private static final long LOOK = 100 * Chance.MILLI;
    private static final long WELL = 60 * Chance.SECOND;

    final RunningGuests running = new RunningGuests();
    final SeenBeats seen = new SeenBeats();
    final Reports guestReports;
    final Reports replicaReports;
    final Replication replication;
    long lastArrival;
    private final Map<String, GuestWork> work = new TreeMap<>();
    private final List<Reader> readers = new ArrayList<>();
    private ClusterSettings settings;
    private long newsFrom;
    private long settingsVersion;
    private Incarnation incarnation;
    private Beating beating;
    private boolean armed;
    private boolean stopping;
    private boolean first = true;
    private long begunAt;
    private long leaseOrigin;
    private long lastAckedSend;
    private Duration lastAckedWorth = Duration.ZERO;
    private long stoodStill;

    Life(Machine machine) {
        super(machine);
        this.guestReports = new Reports(this, world.log.guestReports);
        this.replicaReports = new Reports(this, world.log.replicaReports);
        this.replication = new Replication(this);
    }

    Incarnation incarnation() {
        return incarnation;
    }

    /** Whether it has come to its first beat and receives replicas. */
    boolean isAtWork() {
        return isAlive() && beating != null;
    }

    @Override
    boolean leaseEnds() {
        return beating != null && beating.left().compareTo(timing().wd()) < 0;
    }

    @Override
    boolean isPresent() {
        return machine.life == this;
    }

    // ---- beginning

    void begin() {
        in(world.chance.millis(5, 50), this::readLog);
    }

    private void readLog() {
        if (machine.guard != null && world.parts.reopensAtBegin()) {
            machine.guard.reopen();
        }
        if (!machine.isConnected() || !world.log.available()) {
            in(RETRY, this::readLog);
            return;
        }
        newsFrom = world.log.applied.end();
        settings = world.settings();
        switch (IncarnationRule.next(
                machine.identity(), newestOnLog(), world.committed().node(machine.name).replaced())) {
            case IncarnationRule.Next.Begin begin -> {
                incarnation = begin.incarnation();
                in(world.chance.millis(10, 100), this::awaitQuiet);
            }
            case IncarnationRule.Next.Refuse refuse -> {
                world.note(() -> machine + ": refuses to begin: " + refuse.reason());
                world.rule("R1_REFUSED");
                machine.refused = true;
                vanish();
                machine.life = null;
            }
        }
    }

    private Incarnation newestOnLog() {
        Incarnation newest = null;
        for (Logged record : world.log.heartbeats.all()) {
            if (record.input().body() instanceof NodeMessage mine && mine.node().equals(machine.name)
                    && (newest == null || mine.incarnation().isNewerThan(newest))) {
                newest = mine.incarnation();
            }
        }
        return newest;
    }

    private void awaitQuiet() {
        if (machine.guard == null || !machine.guard.isQuiet()) {
            in(LOOK, this::awaitQuiet);
            return;
        }
        in(world.chance.millis(1, 10), () -> {
            machine.disk.incarnation = new IncarnationRule.Filed(machine.bootId, incarnation);
            beginBeating();
        });
    }

    private void beginBeating() {
        world.note(() -> machine + ": begins as " + incarnation);
        world.rule("R1_BEGUN");
        begunAt = world.now();
        readers.add(new Reader(world, this, world.log.heartbeats, this::readBeats));
        readers.add(new Reader(world, this, world.log.guestCommands, this::readOrders));
        readers.add(new Reader(world, this, world.log.replicaCommands, this::readOrders));
        Reader news = new Reader(world, this, world.log.applied, this::readSettings);
        readers.add(news);
        leaseOrigin = machine.leaseNow();
        Pulse pulse = new Pulse(
                machine.name, settings.heartbeatTopicId(), incarnation, machine.bootId,
                machine.bareWatchdog ? "device" : "process", settings.version());
        settingsVersion = settings.version();
        beating = new Beating(
                pulse, settings.timing(), world.parts.lease(), new Clocks(), this::seenThen, running::now,
                () -> machine.pool);
        news.goBack(world.log.applied.end() - newsFrom);
        beat();
        in(world.chance.millis(0, 250), this::feed);
    }

    private final class Clocks implements Beating.Clocks {

        @Override
        public Duration lease() {
            return Duration.ofNanos(machine.leaseNow() - leaseOrigin + stoodStill);
        }

        @Override
        public Duration witness() {
            return machine.clock.witness().plusNanos(stoodStill);
        }
    }

    /** Asked between the look at the lease and the look at the clock that a beat is sent with. */
    private Map<String, Heartbeat.Seen> seenThen() {
        Map<String, Heartbeat.Seen> quoted = seen.now();
        long stands = machine.sprung(Trap.Place.BEFORE_CLOCK, leaseEnds());
        if (stands > 0) {
            pause(stands);
            // What is left of the pause comes after the clock was read.
            stoodStill = (long) (stands * (1 - 3 * world.rho()));
        }
        return quoted;
    }

    Timing timing() {
        return beating == null ? settings.timing() : beating.timing();
    }

    // ---- beats, lease, guard

    private void beat() {
        Beating.Beat next = beating.beat();
        long at = machine.clock.boot() + stoodStill;
        stoodStill = 0;
        switch (next) {
            case Beating.Beat.Send send -> {
                world.invariants.lease(new LeaseStep.Sent(machine.name, incarnation, at, send.beat().lease()));
                noteSettings(send.beat());
                at(pausedUntil() + timing().beat().toNanos(), this::beat);
                act(Trap.Place.BEFORE_SEND, () -> send(send, at));
            }
            case Beating.Beat.Over(Lapsed.Reason reason, String detail) -> lapse(reason, detail);
        }
    }

    private void noteSettings(Heartbeat beat) {
        if (beat.settingsVersion() != settingsVersion) {
            settingsVersion = beat.settingsVersion();
            world.note(() -> machine + "/" + incarnation + " beats under settings v" + settingsVersion);
            world.rule("SETTINGS_TAKEN_ON");
        }
    }

    private void send(Beating.Beat.Send send, long at) {
        long sentAt = world.now();
        Heartbeat beat = send.beat();
        machine.link.produce(world.log.heartbeats, machine.name, beat, this, offset -> {
            world.invariants.lease(
                    new LeaseStep.Acknowledged(machine.name, incarnation, at, machine.clock.boot(), beat.lease()));
            beating.acknowledged(send, offset);
            if (sentAt >= lastAckedSend) {
                lastAckedSend = sentAt;
                lastAckedWorth = beat.leaseAndWd();
            }
        });
        if (first) {
            first = false;
            long stands = machine.sprung(Trap.Place.AFTER_FIRST_BEAT, false);
            if (stands > 0) {
                pause(stands);
            }
        }
    }

    /** Until when a suspension is covered by lease and watchdog, by the world's clock. */
    long coveredUntil() {
        if (!isAtWork()) {
            return world.now() + 3 * Chance.SECOND;
        }
        long worth = Math.min(lastAckedWorth.toNanos(), timing().leaseAndWd().toNanos());
        return lastAckedSend + worth * 9 / 10;
    }

    private void feed() {
        switch (beating.feed()) {
            case Beating.Feeding.Feed feeding -> {
                usesLease("would feed its guard");
                act(Trap.Place.BEFORE_FEED, () -> feedGuard(feeding));
            }
            case Beating.Feeding.Wait() -> world.rule("R5_NOT_FED");
            case Beating.Feeding.Over(Lapsed.Reason reason, String detail) -> {
                lapse(reason, detail);
                return;
            }
        }
        if (machine.guard != null) {
            machine.guard.checkIn(incarnation);
        }
        in(Math.min(timing().feed().toNanos(), RETRY), this::feed);
    }

    private void feedGuard(Beating.Feeding.Feed feeding) {
        if (machine.guard == null) {
            guardLost();
            return;
        }
        Duration deadline = feeding.until().plusNanos(leaseOrigin);
        if (armed) {
            Watch.Step step = machine.guard.feed(this, deadline, feeding.wd());
            if (step instanceof Watch.Step.To) {
                usesLease("feeds its guard");
                beating.fed(feeding);
            }
            if (step instanceof Watch.Step.Denied && !world.parts.lapsesWithGuard()) {
                armed = false;
            }
        } else {
            armed = machine.guard.arm(this, deadline, feeding.wd()) instanceof Watch.Step.To;
            if (armed) {
                beating.fed(feeding);
            }
        }
    }

    void usesLease(String what) {
        world.invariants.lease(new LeaseStep.Used(machine.name, incarnation, machine.clock.boot(), what));
    }

    void guardExpired() {
        in(world.chance.millis(1, 5), () -> {
            if (world.parts.lapsesWithGuard()) {
                lapse(Lapsed.Reason.GUARD_EXPIRED, "the guard was not fed in time");
            } else {
                armed = false;
            }
        });
    }

    void guardLost() {
        in(world.chance.millis(1, 5), () -> lapse(Lapsed.Reason.GUARD_LOST, "the guard is gone"));
    }

    private void lapse(Lapsed.Reason reason, String detail) {
        if (beating == null) {
            vanish();
            machine.lifeEnded(this, false);
            return;
        }
        beating.lapse(reason);
        world.note(() -> machine + "/" + incarnation + " lapses: " + detail);
        world.rule("R3_LAPSED");
        readers.forEach(Reader::close);
        act(Trap.Place.BEFORE_GIVE_UP, () -> {
            if (machine.guard != null) {
                machine.guard.giveUp(incarnation);
            }
            file(reason, detail);
            boolean wasWell = world.now() - begunAt > WELL;
            vanish();
            machine.lifeEnded(this, wasWell);
        });
    }

    private void file(Lapsed.Reason reason, String detail) {
        Lapsed lapsed = new Lapsed(machine.name, incarnation, reason, machine.clock.witness(), detail);
        machine.link.produce(world.log.heartbeats, machine.name, lapsed, this, offset -> { });
    }

    /** The process is gone; what it handed to the network may still arrive. */
    void vanish() {
        ends();
        readers.forEach(Reader::close);
        replication.close();
    }

    // ---- what it reads

    private void readBeats(List<Logged> records) {
        // Read the clock after the records were there: a witness must not claim to have known them earlier.
        Duration seenAt = machine.clock.witness();
        for (Logged record : records) {
            if (record.input().body() instanceof Heartbeat beat && !beat.node().equals(machine.name)) {
                seen.read(beat, record.input().at().offset(), seenAt);
            }
        }
    }

    private void readSettings(List<Logged> records) {
        for (Logged record : records) {
            ClusterSettings next = (ClusterSettings) record.input().body();
            beating.offer(next.version(), next.timing());
        }
    }

    private void readOrders(List<Logged> records) {
        for (Logged record : records) {
            if (record.input().body() instanceof GuestEvent.GuestOrder order && order.node().equals(machine.name)) {
                carryOut(order);
            }
        }
    }

    private void carryOut(GuestEvent.GuestOrder order) {
        switch (order) {
            case StartGuest start -> {
                // For whom it is, is the start rule's to judge.
                work(start.guest()).start(start);
                if (start.incarnation().equals(incarnation)) {
                    replication.own(start);
                }
            }
            case GuestEvent.StopGuest stop -> work(stop.guest()).stop(stop);
            case GuestEvent.ReplicaCommand command -> {
                if (command.incarnation().equals(incarnation)) {
                    replication.carryOut(command);
                }
            }
        }
    }

    GuestWork work(String guest) {
        return work.computeIfAbsent(guest, name -> new GuestWork(this, name));
    }

    void guestExited(String guest, StartGuest order) {
        in(world.chance.millis(1, 5), () -> {
            if (order.incarnation().equals(incarnation)) {
                work(guest).exited(order.epoch());
            }
        });
    }

    boolean holdsLease() {
        return !stopping && beating.holdsLease();
    }

    boolean mayStartGuests() {
        return armed && holdsLease();
    }

    void lagsUntil(long time) {
        readers.stream().skip(1).forEach(reader -> reader.lagsUntil(time));
    }

    void readAgain(long records) {
        readers.stream().skip(1).forEach(reader -> reader.goBack(records));
    }

    // ---- an orderly end

    void stop() {
        if (!isAtWork() || stopping) {
            return;
        }
        stopping = true;
        world.struck(Fault.NODE_STOPPED);
        world.note(() -> machine + "/" + incarnation + " is stopped in an orderly way");
        work.values().forEach(GuestWork::nodeStops);
        awaitStopped(world.now() + 20 * Chance.SECOND);
    }

    private void awaitStopped(long deadline) {
        boolean done = running.now().isEmpty() && guestReports.isDone();
        if (!done && world.now() < deadline) {
            in(50 * Chance.MILLI, () -> awaitStopped(deadline));
            return;
        }
        if (machine.guard != null) {
            machine.guard.disarm(incarnation);
        }
        file(Lapsed.Reason.STOPPED, "asked");
        Life ended = this;
        machine.stopped = true;
        vanish();
        if (machine.guard != null) {
            machine.guard.connectionClosed(ended);
        }
        machine.lifeEnded(ended, true);
    }
}
