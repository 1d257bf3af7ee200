package dev.holdfast.simulator.scenario;

import dev.holdfast.core.event.Decision;
import dev.holdfast.core.message.Input;
import dev.holdfast.simulator.invariant.Run;
import dev.holdfast.simulator.world.Onlooker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Keeps what it sees, and passes on what was committed. */
final class Seen implements Onlooker {

    final List<Happening> all = new ArrayList<>();
    private final Onlooker next;

    Seen(Onlooker next) {
        this.next = next;
    }

    @Override
    public void committed(long nanos, List<Input> inputs) {
        next.committed(nanos, inputs);
    }

    @Override
    public void decided(long nanos, Decision decision) {
        all.add(new Happening.Decided(Duration.ofNanos(nanos), decision));
    }

    @Override
    public void started(long nanos, Run run) {
        all.add(new Happening.Began(Duration.ofNanos(nanos), run));
    }

    @Override
    public void ended(long nanos, Run run) {
        all.add(new Happening.Ended(Duration.ofNanos(nanos), run));
    }
}
