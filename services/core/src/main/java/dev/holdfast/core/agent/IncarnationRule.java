package dev.holdfast.core.agent;

import dev.holdfast.core.node.Incarnation;

/** Which incarnation a node may begin (rule R1). */
public final class IncarnationRule {

    private IncarnationRule() {}

    /**
     * The newest incarnation this machine filed.
     *
     * @param bootId the boot it belonged to
     */
    public record Filed(String bootId, Incarnation incarnation) {}

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
     * @param filed what this machine filed; null if it has no file
     * @param onLog newest incarnation of this node on the log; null if there is none
     * @param bootId the present boot
     */
    public static Next next(Filed filed, Incarnation onLog, String bootId) {
        if (filed == null) {
            return onLog == null
                    ? new Next.Begin(new Incarnation(1, 1))
                    : new Next.Refuse("the log knows this node as " + onLog + ", but its incarnation file is missing: "
                            + "what it had promised is lost. Confirm that nothing of it runs and replace the node");
        }
        Incarnation newest = onLog != null && onLog.isNewerThan(filed.incarnation()) ? onLog : filed.incarnation();
        boolean sameBoot = filed.bootId().equals(bootId) && newest.boot() == filed.incarnation().boot();
        return new Next.Begin(sameBoot
                ? new Incarnation(newest.boot(), newest.k() + 1)
                : new Incarnation(newest.boot() + 1, 1));
    }
}
