package dev.holdfast.core.agent;

import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.state.Replaced;

/** Which incarnation a node may begin (rule R1). */
public final class IncarnationRule {

    private IncarnationRule() {}

    /**
     * The newest incarnation this machine filed.
     *
     * @param bootId the boot it belonged to
     */
    public record Filed(String bootId, Incarnation incarnation) {}

    /**
     * What the machine knows of itself.
     *
     * @param id of the machine
     * @param bootId of the present boot
     * @param filed null if it has no file
     */
    public record Machine(String id, String bootId, Filed filed) {}

    /** What comes next. */
    public sealed interface Next {

        /** File it, then beat. */
        record Begin(Incarnation incarnation) implements Next {}

        /** The machine has forgotten what the log remembers: it must not begin anything. */
        record Refuse(String reason) implements Next {}
    }

    /**
     * The incarnation after all that is known of the node.
     *
     * @param onLog newest incarnation of this node on the log; null if there is none
     * @param replaced which machine the node is, read <em>after</em> {@code onLog}: whoever sees a beat of the machine
     *     that took its place also sees this. Null if its machine was never replaced
     */
    public static Next next(Machine machine, Incarnation onLog, Replaced replaced) {
        if (replaced != null && !replaced.machine().equals(machine.id())) {
            return new Next.Refuse("the machine of this node was replaced by " + replaced.machine()
                    + ", and this one is " + machine.id() + ": it must never run the node again. What is on its disk can "
                    + "be looked at, and saved");
        }
        Filed filed = machine.filed();
        if (filed == null) {
            return firstOf(onLog, replaced);
        }
        Incarnation newest = onLog != null && onLog.isNewerThan(filed.incarnation()) ? onLog : filed.incarnation();
        boolean sameBoot = filed.bootId().equals(machine.bootId()) && newest.boot() == filed.incarnation().boot();
        return new Next.Begin(sameBoot
                ? new Incarnation(newest.boot(), newest.k() + 1)
                : new Incarnation(newest.boot() + 1, 1));
    }

    private static Next firstOf(Incarnation onLog, Replaced replaced) {
        if (onLog == null) {
            return new Next.Begin(new Incarnation(1, 1));
        }
        return replaced != null && onLog.boot() < replaced.boot()
                ? new Next.Begin(new Incarnation(replaced.boot(), 1))
                : new Next.Refuse("the log knows this node as " + onLog + ", but its incarnation file is missing: "
                        + "what it had promised is lost. Confirm that nothing of it runs and replace the node");
    }
}
