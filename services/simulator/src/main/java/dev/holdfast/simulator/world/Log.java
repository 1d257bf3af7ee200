package dev.holdfast.simulator.world;

import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.message.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * The brokers, seen from outside: topics that take and give records while a majority of the nodes is connected, and
 * stand still otherwise.
 */
final class Log {

    final Topic heartbeats = new Topic("node.heartbeats", true);
    final Topic settings = new Topic("cluster.settings", false);
    final Topic specs = new Topic("guest.specs", false);
    final Topic operator = new Topic("operator.commands", false);
    final Topic guestReports = new Topic("guest.reports", false);
    final Topic fenceReports = new Topic("fence.reports", false);
    final Topic replicaReports = new Topic("replica.reports", false);
    final Topic guestCommands = new Topic("guest.commands", false);
    final Topic replicaCommands = new Topic("replica.commands", false);
    /** Which settings came into force, of all that was decided. */
    final Topic applied = new Topic("cluster.events", false);
    /** What the decision maker reads. */
    final List<Topic> inputs =
            List.of(heartbeats, settings, specs, operator, guestReports, fenceReports, replicaReports);

    private final World world;
    private final List<Sending> waiting = new ArrayList<>();
    private long stalledUntil;
    private boolean wasAvailable = true;

    Log(World world) {
        this.world = world;
    }

    /** One record on its way. */
    record Sending(
            Machine machine, Topic topic, String key, Message body, long sentAt, LongConsumer onAck, Life life,
            boolean ackLost) {}

    boolean available() {
        return stalledUntil <= world.now() && 2 * world.connected() > world.machines.size();
    }

    void stall(long nanos) {
        stalledUntil = Math.max(stalledUntil, world.now() + nanos);
        changed();
        world.scheduler.at(stalledUntil, this::changed);
    }

    /** Nodes, links or the log itself have changed: whatever waited for that goes on. */
    void changed() {
        boolean now = available();
        if (now && !wasAvailable) {
            List<Sending> held = List.copyOf(waiting);
            waiting.clear();
            // Whose records come first after a stall is left to chance; those of one producer stay in order.
            int first = held.isEmpty() ? 0 : world.chance.below(world.machines.size());
            for (int i = 0; i < world.machines.size(); i++) {
                Machine machine = world.machines.get((first + i) % world.machines.size());
                held.stream().filter(sending -> sending.machine() == machine).forEach(this::arrive);
            }
            world.wakeAll();
        }
        wasAvailable = now;
    }

    /** A record reaches the brokers. */
    void arrive(Sending sending) {
        if (!available()) {
            waiting.add(sending);
            return;
        }
        long offset = sending.topic().append(sending.key(), sending.body(), world.now());
        if (sending.body() instanceof Heartbeat beat) {
            world.invariants.appended(beat, offset, sending.sentAt(), world.now());
        }
        woken(sending.topic());
        if (!sending.ackLost()) {
            sending.machine().link.acknowledge(sending, offset);
        }
    }

    /** Written by the decision maker or a person, whose way to the log is not simulated. */
    void write(Topic topic, String key, Message body) {
        topic.append(key, body, world.now());
        woken(topic);
    }

    void woken(Topic topic) {
        for (Reader reader : List.copyOf(topic.readers)) {
            reader.wake();
        }
        world.decider.wake();
    }
}
