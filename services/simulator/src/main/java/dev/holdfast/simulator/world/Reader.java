package dev.holdfast.simulator.world;

import java.util.List;
import java.util.function.Consumer;

/** A consumer of one topic on one node: reads in order, in batches, as late as the network has it. */
final class Reader {

    private final World world;
    private final Machine machine;
    private final Topic topic;
    private final Life life;
    private final Consumer<List<Logged>> batch;
    private long position;
    private boolean polling;
    private long lagUntil;
    private boolean closed;

    Reader(World world, Life life, Topic topic, Consumer<List<Logged>> batch) {
        this.world = world;
        this.machine = life.machine;
        this.life = life;
        this.topic = topic;
        this.batch = batch;
        this.position = topic.end();
        topic.readers.add(this);
    }

    void close() {
        closed = true;
        topic.readers.remove(this);
    }

    boolean isOf(Machine other) {
        return machine == other;
    }

    void lagsUntil(long time) {
        lagUntil = time;
    }

    void goBack(long records) {
        position = Math.max(0, position - records);
        wake();
    }

    /** There may be something to read. */
    void wake() {
        if (polling || closed || !machine.hearsLog() || !world.log.available()) {
            return;
        }
        polling = true;
        long latency = world.latency(machine);
        life.at(Math.max(lagUntil, world.now() + latency), this::poll);
    }

    private void poll() {
        polling = false;
        if (closed || !machine.hearsLog() || !world.log.available()) {
            return;
        }
        if (lagUntil > world.now()) {
            wake();
            return;
        }
        position = Math.min(position, topic.end());
        List<Logged> records = topic.since(position);
        if (records.isEmpty()) {
            return;
        }
        List<Logged> read = List.copyOf(records);
        position = topic.end();
        batch.accept(read);
    }
}
