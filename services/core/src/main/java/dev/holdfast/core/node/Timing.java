package dev.holdfast.core.node;

import dev.holdfast.core.guest.DurationText;
import java.time.Duration;

/**
 * A timing profile of the lease protocol.
 *
 * @param profile name of the profile; {@code fast}, {@code default}, {@code careful}, or a name of one's own
 * @param beat interval between two heartbeats of a node
 * @param lease how long an acknowledged heartbeat entitles its node to run guests, from its sending
 * @param wd watchdog timeout: guests are dead at the latest this long after the guard was last fed
 * @param feed interval between two feedings of the guard
 * @param margin added to lease and watchdog before a silent node counts as fenced
 * @param rho greatest rate error of any node's monotonic clock, as a fraction; 0.001 is 0.1 %
 */
public record Timing(
        String profile, Duration beat, Duration lease, Duration wd, Duration feed, Duration margin, double rho) {

    public static final Timing FAST = ofMillis("fast", 500, 7_000, 3_000, 500, 1_000);
    public static final Timing DEFAULT = ofMillis("default", 500, 10_000, 5_000, 1_000, 2_000);
    public static final Timing CAREFUL = ofMillis("careful", 1_000, 20_000, 10_000, 1_000, 5_000);

    public Timing {
        positive("beat", beat);
        positive("lease", lease);
        positive("feed", feed);
        positive("wd", wd);
        positive("margin", margin);
        require(rho >= 0 && rho < 0.1, "rho", rho, "a fraction from 0 to 0.1, for example 0.001");
        atMost("beat", beat, lease.dividedBy(4), "a quarter of lease " + DurationText.of(lease));
        atMost("feed", feed, wd.dividedBy(2), "half of wd " + DurationText.of(wd));
        atMost("wd", wd, lease.minus(beat.multipliedBy(2)).minusMillis(1),
                "less than lease " + DurationText.of(lease) + " - 2 x beat " + DurationText.of(beat)
                        + ", so that a lost beat does not keep the guard from being fed");
    }

    /** What one acknowledged beat is worth, from its sending to the death of the last guest. */
    public Duration leaseAndWd() {
        return lease.plus(wd);
    }

    /** T: what a silent node is given before it counts as fenced. */
    public Duration silenceUntilFenced() {
        return leaseAndWd().plus(margin);
    }

    /** The longest stall of the log after which a healthy node still holds its lease and feeds its guard. */
    public Duration toleratedLogStall() {
        Duration drift = Duration.ofNanos((long) (lease.toNanos() * rho));
        return lease.minus(beat).minus(feed).minus(drift);
    }

    /**
     * The profile of that name.
     *
     * @throws IllegalArgumentException naming the known profiles
     */
    public static Timing named(String profile) {
        return switch (profile) {
            case "fast" -> FAST;
            case "default" -> DEFAULT;
            case "careful" -> CAREFUL;
            default -> throw new IllegalArgumentException(
                    "profile '" + profile + "': known profiles are fast, default, careful");
        };
    }

    private static Timing ofMillis(String name, long beat, long lease, long wd, long feed, long margin) {
        return new Timing(
                name,
                Duration.ofMillis(beat),
                Duration.ofMillis(lease),
                Duration.ofMillis(wd),
                Duration.ofMillis(feed),
                Duration.ofMillis(margin),
                0.001);
    }

    private static void positive(String field, Duration value) {
        require(value != null && value.isPositive(), field, value == null ? "missing" : DurationText.of(value),
                "a duration above zero");
    }

    private static void atMost(String field, Duration value, Duration most, String why) {
        require(value.compareTo(most) <= 0, field, DurationText.of(value), "at most " + DurationText.of(most) + ": " + why);
    }

    private static void require(boolean holds, String field, Object value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("timing." + field + " is " + value + "; it must be " + rule);
        }
    }
}
