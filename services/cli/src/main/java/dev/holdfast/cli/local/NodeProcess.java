package dev.holdfast.cli.local;

import dev.holdfast.guard.process.ProcessIdentity;
import java.util.Locale;

/**
 * A live process of a node.
 *
 * @param node name of the node
 * @param role what it is to the node
 * @param guest name of the guest it belongs to; null if it belongs to none
 */
public record NodeProcess(String node, ProcessIdentity identity, Role role, String guest) {

    /** What a process is to its node. In the order in which a power pull reaches them. */
    public enum Role {
        /** The machine: it starts the others again, so it goes first. */
        SUPERVISOR,
        GUARD,
        /** Broker and services. */
        NODE,
        /** A guest's process or anything that came out of one. */
        GUEST,
        /** Any other descendant, for example a tool that runs for a moment. */
        OTHER
    }

    public int pid() {
        return identity.pid();
    }

    @Override
    public String toString() {
        return node + " " + role.name().toLowerCase(Locale.ROOT) + (guest == null ? "" : " " + guest)
                + " (pid " + pid() + ")";
    }
}
