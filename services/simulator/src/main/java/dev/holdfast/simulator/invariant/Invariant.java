package dev.holdfast.simulator.invariant;

import dev.holdfast.core.event.Decision;
import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.message.Input;
import dev.holdfast.core.message.Message;
import dev.holdfast.core.state.ClusterState;
import java.util.Collection;
import java.util.List;

/**
 * Something that must hold after every event. It hears what physically happens and what is committed to the log, keeps
 * books of its own, and never asks the code that it judges.
 */
public abstract class Invariant {

    /** The invariant in a sentence. */
    public abstract String sentence();

    public final String name() {
        return getClass().getSimpleName();
    }

    /** A guest's process begins to run; {@code running} holds all that run then, this one among them. */
    public void started(Run run, Collection<Run> running) {}

    /** A process that stood still with its whole machine goes on. */
    public void resumed(Run run, Collection<Run> running) {}

    /** A guest's process is dead. */
    public void ended(Run run) {}

    /** A beat stands on the log from now on. */
    public void appended(Heartbeat beat, long offset, long sentNanos, long nowNanos) {}

    /** A node filed a report, or a fence agent did. */
    public void reported(Message report) {}

    /** A decision was committed; {@code before} and {@code after} are the states around the input that led to it. */
    public void decided(Decision decision, ClusterState before, ClusterState after, long inputNanos) {}

    /** A transaction of the decision maker was committed. */
    public void committed(List<Input> inputs, ClusterState state, Collection<Run> running) {}

    /** A lease was begun, renewed or used. */
    public void lease(LeaseStep step) {}

    /** A volume changed hands. */
    public void volume(VolumeChange change) {}

    /** The world was left in peace, with a majority at work, for as long as any recovery may take. */
    public void settled(ClusterState state, Collection<Run> running) {}

    /** The run is over. */
    public void over(ClusterState state) {}

    protected final void require(boolean holds, String what) {
        if (!holds) {
            throw new Violation(name(), what);
        }
    }

    protected final void fail(String what) {
        throw new Violation(name(), what);
    }
}
