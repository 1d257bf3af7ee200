package dev.holdfast.core.node;

import dev.holdfast.core.guest.DurationText;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Which timings are safe to run with, beyond what {@link Timing} asks of its fields among each other. What is refused
 * is refused with the arithmetic, by whoever is asked: the command line, the decision maker, a node.
 *
 * <pre>
 * lease  >= 1.5 x Kafka's gap, and >= (beat + feed + gap) / (1 - rho)   or a failover of Kafka alone stops guests
 * wd     1 s to 60 s                                                    what a watchdog can be set to
 * margin 250 ms to 60 s                                                 from the guard's deadline to the last death
 * rho    >= 0.0005                                                      what a kernel may do to a clock's rate
 * lease  at most 5 min                                                  or nobody is ever fenced
 * </pre>
 *
 * T, what a silent node is given, is lease + wd + margin; witnesses have to live T x (1 + rho) / (1 - rho) of it.
 */
public final class TimingRule {

    /** The longest failover of Kafka itself, as measured with our brokers' settings; see docs/benchmarks.md. */
    public static final Duration KAFKA_GAP = Duration.ofSeconds(4);

    public static final Duration SHORTEST_WD = Duration.ofSeconds(1);
    public static final Duration LONGEST_WD = Duration.ofSeconds(60);
    public static final Duration SHORTEST_MARGIN = Duration.ofMillis(250);
    public static final Duration LONGEST_MARGIN = Duration.ofSeconds(60);
    public static final Duration LONGEST_LEASE = Duration.ofMinutes(5);
    public static final double SMALLEST_RHO = 0.0005;

    private TimingRule() {}

    /**
     * A value that is not safe.
     *
     * @param value what it is
     * @param bound the value nearest to it that would be safe
     * @param arithmetic how the bound comes about
     */
    public record Unsafe(String field, String value, String bound, String arithmetic) {

        @Override
        public String toString() {
            return "timing." + field + " is " + value + "; it must be " + bound + ": " + arithmetic;
        }
    }

    /** All that is not safe about it; empty if it may be run with. */
    public static List<Unsafe> unsafe(Timing timing) {
        List<Unsafe> found = new ArrayList<>();
        checkLease(timing, found);
        atLeast("wd", timing.wd(), SHORTEST_WD, "a watchdog device counts whole seconds", found);
        atMost("wd", timing.wd(), LONGEST_WD, "no guard can be set to more", found);
        atLeast("margin", timing.margin(), SHORTEST_MARGIN, margin(timing), found);
        atMost("margin", timing.margin(), LONGEST_MARGIN, "it is added to every failover", found);
        if (timing.rho() < SMALLEST_RHO) {
            found.add(new Unsafe("rho", decimal(timing.rho()), "at least " + decimal(SMALLEST_RHO),
                    "a kernel may change a clock's rate by 500 parts in a million, and of what a witness has lived only "
                            + "(1 - rho) / (1 + rho) counts"));
        }
        return found;
    }

    /** All of it in one line; null if nothing is unsafe. */
    public static String refusalOf(Timing timing) {
        List<Unsafe> found = unsafe(timing);
        return found.isEmpty() ? null : String.join("; ", found.stream().map(Unsafe::toString).toList());
    }

    /** What witnesses must have lived until a silent node counts as fenced, by the worst clocks tolerated. */
    public static Duration witnessed(Timing timing) {
        return ceiling(timing.silenceUntilFenced().toNanos() * (1 + timing.rho()) / (1 - timing.rho()));
    }

    private static void checkLease(Timing timing, List<Unsafe> found) {
        Duration survived = KAFKA_GAP.multipliedBy(3).dividedBy(2);
        Duration spent = timing.beat().plus(timing.feed()).plus(KAFKA_GAP);
        Duration fed = ceiling(spent.toNanos() / (1 - timing.rho()));
        if (survived.compareTo(fed) >= 0) {
            atLeast("lease", timing.lease(), survived,
                    "1.5 x " + text(KAFKA_GAP) + ", the longest failover of Kafka, which no lease may be lost by", found);
        } else {
            atLeast("lease", timing.lease(), fed,
                    "(beat " + text(timing.beat()) + " + feed " + text(timing.feed()) + " + " + text(KAFKA_GAP)
                            + ", the longest failover of Kafka) / (1 - rho " + decimal(timing.rho()) + ")", found);
        }
        atMost("lease", timing.lease(), LONGEST_LEASE, "a node is fenced after its lease at the earliest", found);
    }

    private static String margin(Timing timing) {
        Duration dead = timing.lease().plus(timing.wd());
        return "T = lease " + text(timing.lease()) + " + wd " + text(timing.wd()) + " + margin "
                + text(timing.margin()) + " = " + text(timing.silenceUntilFenced()) + "; a guard's deadline comes up to "
                + text(dead) + " after the last beat and its guests are dead " + text(SHORTEST_MARGIN)
                + " later, so T must be at least " + text(dead.plus(SHORTEST_MARGIN));
    }

    private static void atLeast(String field, Duration value, Duration bound, String why, List<Unsafe> found) {
        if (value.compareTo(bound) < 0) {
            found.add(new Unsafe(field, text(value), "at least " + text(bound), why));
        }
    }

    private static void atMost(String field, Duration value, Duration bound, String why, List<Unsafe> found) {
        if (value.compareTo(bound) > 0) {
            found.add(new Unsafe(field, text(value), "at most " + text(bound), why));
        }
    }

    private static Duration ceiling(double nanos) {
        return Duration.ofMillis((long) Math.ceil(nanos / 1_000_000));
    }

    private static String text(Duration value) {
        return DurationText.of(value);
    }

    /** Without an exponent, which few people read. */
    private static String decimal(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
