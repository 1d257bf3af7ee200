package dev.holdfast.simulator.invariant;

import java.util.Collection;

/** No guest runs twice at one instant. */
public final class NoDoubleRun extends Invariant {

    @Override
    public String sentence() {
        return "no guest runs twice at one instant";
    }

    @Override
    public void started(Run run, Collection<Run> running) {
        for (Run other : running) {
            if (!other.equals(run) && other.guest().equals(run.guest())) {
                fail(run + " starts while " + other + " runs");
            }
        }
    }

    @Override
    public void resumed(Run run, Collection<Run> running) {
        started(run, running);
    }
}
