package dev.holdfast.core.guest;

import java.time.Duration;

/**
 * How often the guest's volume is copied to the other nodes.
 *
 * @param interval from one snapshot to the next, 1 s to 24 h: roughly the data a lost node costs
 * @param maxPause a snapshot for which the guest would have to be paused longer is dropped, 10 ms to 2 s (the guard
 *                 thaws a guest after 2 s whatever happens)
 * @param keep     complete snapshots kept at each target, 1 to 100
 */
public record ReplicationPolicy(Duration interval, Duration maxPause, int keep) {

    /** Every minute, at most 500 ms of pause, 3 snapshots kept. */
    public static final ReplicationPolicy DEFAULT =
            new ReplicationPolicy(Duration.ofMinutes(1), Duration.ofMillis(500), 3);

    public ReplicationPolicy {
        new Checks()
                .between("interval", interval, Duration.ofSeconds(1), Duration.ofHours(24))
                .between("maxPause", maxPause, Duration.ofMillis(10), Duration.ofSeconds(2))
                .between("keep", keep, 1, 100)
                .refuseIfAny();
    }
}
