package dev.holdfast.simulator.world;

import dev.holdfast.core.message.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** What lies between one machine and the log, in both directions. */
final class Link {

    private final Machine machine;
    private final World world;
    private final List<Log.Sending> parked = new ArrayList<>();
    private final List<Runnable> parkedAcks = new ArrayList<>();
    private boolean out = true;
    private boolean in = true;

    Link(Machine machine) {
        this.machine = machine;
        this.world = machine.world;
    }

    boolean carriesOut() {
        return out;
    }

    boolean carriesIn() {
        return in;
    }

    void cut(boolean cutOut, boolean cutIn) {
        out &= !cutOut;
        in &= !cutIn;
        world.decider.hostLost(machine);
        world.log.changed();
    }

    void heal() {
        boolean wasOut = !out;
        boolean wasIn = !in;
        out = true;
        in = true;
        world.log.changed();
        if (wasOut) {
            List<Log.Sending> held = List.copyOf(parked);
            parked.clear();
            keepSome(new ArrayList<>(held)).forEach(this::reaches);
        }
        if (wasIn) {
            List<Runnable> held = List.copyOf(parkedAcks);
            parkedAcks.clear();
            held.forEach(Runnable::run);
        }
        world.wakeAll();
    }

    /** The machine at its end is off. */
    void powerLost() {
        parkedAcks.clear();
        keepSome(parked);
    }

    /** Connections that were cut lose some of what was on its way. */
    private List<Log.Sending> keepSome(List<Log.Sending> held) {
        held.removeIf(sending -> world.chance.oneIn(3));
        return held;
    }

    /** Hands a record to the network. */
    void produce(Topic topic, String key, Message body, Life life, LongConsumer onAck) {
        long now = world.now();
        if (now < machine.lostAppendsUntil && world.chance.oneIn(2)) {
            return;
        }
        long late = now < machine.slowLogUntil ? world.chance.between(0, machine.slowLogMost) : 0;
        life.lastArrival = Math.max(life.lastArrival + 1, now + world.latency(machine) + late);
        boolean ackLost = now < machine.lostAcksUntil && world.chance.oneIn(2);
        Log.Sending sending = new Log.Sending(machine, topic, key, body, now, onAck, life, ackLost);
        world.scheduler.at(life.lastArrival, () -> reaches(sending));
    }

    private void reaches(Log.Sending sending) {
        if (!out) {
            parked.add(sending);
        } else {
            world.log.arrive(sending);
        }
    }

    void acknowledge(Log.Sending sending, long offset) {
        long late = world.now() < machine.slowAcksUntil ? world.chance.between(0, machine.slowAcksMost) : 0;
        world.in(world.latency(machine) + late, () -> acked(sending, offset));
    }

    private void acked(Log.Sending sending, long offset) {
        if (!machine.powered) {
            return;
        }
        if (!in) {
            parkedAcks.add(() -> acked(sending, offset));
            return;
        }
        sending.life().run(() -> sending.onAck().accept(offset));
    }
}
