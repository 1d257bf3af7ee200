package dev.holdfast.core.state;

/**
 * What the log says of a node's current incarnation.
 *
 * <pre>
 * ABSENT --beat--> LIVE --K witnesses, moving log--> SUSPECT --beat--> LIVE
 * LIVE, SUSPECT --Lapsed--> LAPSED | STOPPED;  any of these --R6 or power off--> FENCED
 * any --first beat of a newer incarnation--> LIVE
 * </pre>
 */
public enum Liveness {
    /** Has never beaten on this log. */
    ABSENT,
    LIVE,
    /** Silent on a moving log: news, and no licence to start anything. */
    SUSPECT,
    /** Filed that its lease ended; its guests count as possible runners until discharged. */
    LAPSED,
    /** Ended in an orderly way. */
    STOPPED,
    /** Proven unable to run anything: ignored for ever. */
    FENCED
}
