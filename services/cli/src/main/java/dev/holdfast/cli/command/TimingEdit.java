package dev.holdfast.cli.command;

import dev.holdfast.cli.Failure;
import dev.holdfast.core.guest.DurationText;
import dev.holdfast.core.node.Timing;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Changes a timing by name: a whole profile, single values, or single values on top of a profile. */
public final class TimingEdit {

    /** Name of a profile that is none of the known ones. */
    private static final String OWN = "own";

    private static final List<Timing> NAMED = List.of(Timing.FAST, Timing.DEFAULT, Timing.CAREFUL);

    private final Map<String, Duration> durations = new LinkedHashMap<>();
    private double rho;

    /**
     * @param timing to begin with
     */
    public TimingEdit(Timing timing) {
        begin(timing);
    }

    private void begin(Timing timing) {
        durations.put("beat", timing.beat());
        durations.put("lease", timing.lease());
        durations.put("wd", timing.wd());
        durations.put("feed", timing.feed());
        durations.put("margin", timing.margin());
        rho = timing.rho();
    }

    /**
     * Takes all values from a profile.
     *
     * @throws Failure if there is none of that name
     */
    public TimingEdit profile(String name) {
        try {
            begin(Timing.named(name));
            return this;
        } catch (IllegalArgumentException unknown) {
            throw Failure.badInput(unknown.getMessage());
        }
    }

    /**
     * Sets one value.
     *
     * @param assignment {@code KEY=VALUE}
     * @throws Failure if it is none, or there is no such value
     */
    public TimingEdit set(String assignment) {
        int equals = assignment.indexOf('=');
        if (equals < 1) {
            throw Failure.badInput("'" + assignment + "' must be KEY=VALUE, for example lease=12s; a whole profile is "
                    + "--profile fast, default or careful");
        }
        String key = assignment.substring(0, equals);
        String value = assignment.substring(equals + 1);
        if (key.equals("rho")) {
            rho = fraction(value);
        } else if (durations.containsKey(key)) {
            durations.put(key, DurationText.parse(value)
                    .orElseThrow(() -> Failure.badInput(key + " '" + value + "' " + DurationText.FORM)));
        } else {
            throw Failure.badInput("no value '" + key + "' can be set; they are " + String.join(", ", durations.keySet())
                    + " and rho");
        }
        return this;
    }

    private static double fraction(String value) {
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException wrong) {
            throw Failure.badInput("rho '" + value + "' must be a fraction, for example 0.001");
        }
    }

    /**
     * The changed timing.
     *
     * @throws IllegalArgumentException with the arithmetic, if its values cannot go together
     */
    public Timing done() {
        Timing own = named(OWN);
        return NAMED.stream().filter(known -> named(known.profile()).equals(known)).findFirst().orElse(own);
    }

    private Timing named(String profile) {
        return new Timing(
                profile, durations.get("beat"), durations.get("lease"), durations.get("wd"), durations.get("feed"),
                durations.get("margin"), rho);
    }
}
