package dev.holdfast.cli.demo;

/** How the power is pulled. */
public enum How {
    /** SIGKILL to every process at once: the peers see their connections reset. */
    KILL,
    /** The node's links fall silent first, as in a real power loss: the peers see nothing at all. */
    SILENCE
}
