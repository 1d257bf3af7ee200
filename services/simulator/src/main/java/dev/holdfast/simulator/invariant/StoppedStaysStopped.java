package dev.holdfast.simulator.invariant;

import dev.holdfast.core.message.GuestReport;
import dev.holdfast.core.message.Message;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** A node's word that a run has ended is true, and stays true (rule R9). */
public final class StoppedStaysStopped extends Invariant {

    private final Set<Run> running = new HashSet<>();
    private final Set<Run> declared = new HashSet<>();

    @Override
    public String sentence() {
        return "what a node reports as stopped or not started does not run, then or ever";
    }

    @Override
    public void started(Run run, Collection<Run> all) {
        require(!declared.contains(run), run + " starts after it was reported as over");
        running.add(run);
    }

    @Override
    public void ended(Run run) {
        running.remove(run);
    }

    @Override
    public void reported(Message report) {
        if (report instanceof GuestReport.GuestStopped || report instanceof GuestReport.StartFailed) {
            GuestReport end = (GuestReport) report;
            Run run = new Run(end.guest(), end.node(), end.incarnation(), end.epoch());
            require(!running.contains(run), run + " runs and is reported as over");
            declared.add(run);
        }
    }
}
