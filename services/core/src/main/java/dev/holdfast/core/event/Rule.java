package dev.holdfast.core.event;

/** The rule by which something was decided; the R-numbers are those of docs/protocol.md. */
public enum Rule {
    /** A newer incarnation discharges the older. */
    R1_INCARNATION,
    /** K witnesses proved a silence longer than lease + watchdog + margin. */
    R6_SILENCE,
    /** A fenced or superseded incarnation is ignored for ever. */
    R7_IGNORED,
    /** A start needs an empty set of possible runners; discharge only by report, fence or newer incarnation. */
    R8_POSSIBLE_RUNNERS,
    /** The log itself is in doubt, or is sound again. */
    R10_FREEZE,
    /** A volume changes hands only for (guest, epoch, incarnation). */
    R11_PROMOTION,
    /** Power confirmed off by a fence agent or a person. */
    POWER_OFF,
    /** K witnesses sent several beats on a moving log while a node sent none. */
    SUSPECT,
    /** A node's own word about itself. */
    OWN_REPORT,
    /** More than half of the voters must be live for decisions. */
    MAJORITY,
    /** After the whole cluster was down the last writer of a guest is waited for. */
    COLD_START,
    /** Where a guest goes. */
    PLACEMENT,
    /** What the pool of a node's volumes is fit for, by the node's own report: who may come, and who leaves. */
    POOL,
    /** Restart in place, relocation, error. */
    RESTART_POLICY,
    /** What diverged is kept for so long and no longer, by the guest's specification. */
    RETENTION,
    /** A person asked for it. */
    OPERATOR,
    /** The guest's probe. */
    PROBE
}
