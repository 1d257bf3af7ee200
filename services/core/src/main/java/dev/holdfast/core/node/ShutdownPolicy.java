package dev.holdfast.core.node;

/** What becomes of the guests of a node that is shut down in an orderly way. */
public enum ShutdownPolicy {
    /** They move; one that no node can take is stopped, and recovered elsewhere once the node has stopped. */
    FAILOVER,
    /** They are stopped and stay where they are, until the node is back. */
    FREEZE,
    /** They move; one that no node can take runs on, and the node waits for it. */
    MIGRATE,
    /** FREEZE if the node comes back at once, FAILOVER if it is switched off. */
    CONDITIONAL;

    /** The policy to go by. Never CONDITIONAL. */
    public ShutdownPolicy resolved(boolean reboot) {
        if (this != CONDITIONAL) {
            return this;
        }
        return reboot ? FREEZE : FAILOVER;
    }
}
