package dev.holdfast.core.guest;

import java.time.Duration;

/**
 * How often the guest's volume is copied to the other nodes, and how much of it is kept.
 *
 * @param interval      from one snapshot to the next, 1 s to 24 h: roughly the data a lost node costs
 * @param maxPause      a snapshot for which the guest would have to be paused longer is dropped, 10 ms to 2 s (the guard
 *                      thaws a guest after 2 s whatever happens)
 * @param keep          snapshots kept at the node that runs the guest, 1 to 100
 * @param keepTargets   complete snapshots kept at each other node, 1 to 100
 * @param keepDivergent a divergent branch is deleted after so much log time, 1 h to 3650 days; {@code null}: never
 * @param hook          makes snapshots application-consistent; {@code null}: they are as after a crash
 */
public record ReplicationPolicy(
        Duration interval, Duration maxPause, int keep, int keepTargets, Duration keepDivergent, FreezeHook hook) {

    /** Every minute, at most 500 ms of pause, 3 snapshots kept everywhere, divergent branches for ever. */
    public static final ReplicationPolicy DEFAULT =
            new ReplicationPolicy(Duration.ofMinutes(1), Duration.ofMillis(500), 3);

    public ReplicationPolicy {
        Checks checks = new Checks()
                .between("interval", interval, Duration.ofSeconds(1), Duration.ofHours(24))
                .between("maxPause", maxPause, Duration.ofMillis(10), Duration.ofSeconds(2))
                .between("keep", keep, 1, 100)
                .between("keepTargets", keepTargets, 1, 100);
        if (keepDivergent != null) {
            checks.between("keepDivergent", keepDivergent, Duration.ofHours(1), Duration.ofDays(3650));
        }
        checks.refuseIfAny();
    }

    /** As many snapshots kept at the targets as at the source, divergent branches for ever, no hook. */
    public ReplicationPolicy(Duration interval, Duration maxPause, int keep) {
        this(interval, maxPause, keep, keep, null, null);
    }
}
