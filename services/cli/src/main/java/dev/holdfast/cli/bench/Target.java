package dev.holdfast.cli.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * By when a guest is to answer. For the worst node by so much later as Kafka itself stood still in that run, if the
 * last beat was still unread when it did: no proof can begin before it is read.
 *
 * @param medianMs for the middle of all runs
 * @param maxMs for each run
 */
record Target(double medianMs, double maxMs) {

    /** For what lies after the fence: promotion, start, first answer. */
    static final double AFTER_FENCE_MS = 2_000;

    private static final Map<String, Target> BY_PROFILE =
            Map.of("fast", new Target(14_000, 15_500), "default", new Target(20_000, 21_500));

    /** Empty for a profile without one. */
    static Optional<Target> of(String profile) {
        return Optional.ofNullable(BY_PROFILE.get(profile));
    }

    /** When it answered, without what Kafka is allowed in this run; empty if it never did. */
    static Optional<Double> answeredMs(Measured run) {
        return run.number("answeredMs").map(answered -> answered - allowanceMs(run));
    }

    static double allowanceMs(Measured run) {
        boolean unread = run.number("evidenceFromMs").orElse(0.0) > 0;
        return "worst".equals(run.text(Measured.PULL)) && unread ? run.number(Measured.KAFKA_GAP_MS).orElse(0.0) : 0;
    }

    /** How the runs of one scenario stand to it, in a sentence. */
    String verdict(List<Measured> runs) {
        Series answered = new Series(runs.stream().flatMap(run -> answeredMs(run).stream()).toList());
        if (answered.values().isEmpty()) {
            return "no run answered";
        }
        String median = compare("median", answered.median().getAsDouble(), medianMs);
        String max = compare("max", answered.max().getAsDouble(), maxMs);
        long never = runs.size() - answered.values().size();
        return median + ", " + max + (never == 0 ? "" : ", " + never + " never answered");
    }

    static String compare(String what, double is, double target) {
        double over = is - target;
        return over <= 0
                ? String.format(Locale.ROOT, "%s %.2f s: met (≤ %.1f s)", what, is / 1_000, target / 1_000)
                : String.format(Locale.ROOT, "%s %.2f s: **missed by %.2f s** (≤ %.1f s)",
                        what, is / 1_000, over / 1_000, target / 1_000);
    }
}
