package dev.holdfast.simulator.scenario;

import dev.holdfast.core.event.Decision;
import dev.holdfast.simulator.invariant.Run;
import dev.holdfast.simulator.world.Onlooker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Keeps what it sees. */
final class Seen implements Onlooker {

    final List<Happening> all = new ArrayList<>();

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
