package dev.holdfast.simulator.conformance;

import dev.holdfast.simulator.invariant.Violation;
import dev.holdfast.simulator.scenario.ScriptedRun;
import java.util.List;
import java.util.Optional;

/** Plays a scenario and judges it. */
public final class Conformance {

    /** What came of it. */
    public enum Outcome {
        PASSED("passed"),
        FAILED("failed"),
        /** It needs what this manager does not have: neither passed nor failed. */
        NOT_SUPPORTED("notSupported");

        private final String id;

        Outcome(String id) {
            this.id = id;
        }

        /** As results name it. */
        public String id() {
            return id;
        }
    }

    /** @param reason null if it passed */
    public record Verdict(Outcome outcome, String reason) {}

    private Conformance() {}

    public static Verdict judge(Scenario scenario) {
        Optional<String> missing = Support.missing(scenario);
        if (missing.isPresent()) {
            return new Verdict(Outcome.NOT_SUPPORTED, missing.get());
        }
        try {
            ScriptedRun run = new Performance(scenario).play();
            List<String> faults = new Judgement(scenario, run).faults();
            return faults.isEmpty()
                    ? new Verdict(Outcome.PASSED, null)
                    : new Verdict(Outcome.FAILED, String.join("; ", faults));
        } catch (Violation violation) {
            return new Verdict(Outcome.FAILED, violation.invariant() + ": " + violation.getMessage());
        }
    }
}
