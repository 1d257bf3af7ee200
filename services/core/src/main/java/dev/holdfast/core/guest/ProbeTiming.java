package dev.holdfast.core.guest;

import java.time.Duration;

/**
 * When a guest is probed and when silence counts.
 *
 * @param interval           from the start of one probe to the start of the next, 100 ms to 10 m
 * @param timeout            a probe without an answer for this long has failed, 50 ms to 1 m
 * @param failuresBeforeDown consecutive failures after which a guest that has answered is down, 1 to 100
 * @param startWithin        a guest that has not answered this long after its start is down, 1 s to 1 h
 */
public record ProbeTiming(Duration interval, Duration timeout, int failuresBeforeDown, Duration startWithin) {

    /** Every second, 1 s for an answer, down after 3 failures, 1 m to start. */
    public static final ProbeTiming DEFAULT =
            new ProbeTiming(Duration.ofSeconds(1), Duration.ofSeconds(1), 3, Duration.ofMinutes(1));

    public ProbeTiming {
        new Checks()
                .between("interval", interval, Duration.ofMillis(100), Duration.ofMinutes(10))
                .between("timeout", timeout, Duration.ofMillis(50), Duration.ofMinutes(1))
                .between("failuresBeforeDown", failuresBeforeDown, 1, 100)
                .between("startWithin", startWithin, Duration.ofSeconds(1), Duration.ofHours(1))
                .refuseIfAny();
    }
}
