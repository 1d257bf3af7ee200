package dev.holdfast.cli.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * What is to be measured.
 *
 * @param runs valid runs wanted of each scenario
 */
record Plan(List<Scenario> scenarios, int runs) {

    /**
     * A run that is still wanted.
     *
     * @param number 1, 2, … within the scenario
     */
    record Step(Scenario scenario, int number) {}

    /**
     * What a file does not hold yet, for one profile. The scenarios take turns, so that a machine that grows slow or
     * fast meanwhile is no difference between them.
     */
    List<Step> missing(String profile, List<Measured> done) {
        List<Step> steps = new ArrayList<>();
        for (int number = 1; number <= runs; number++) {
            for (Scenario scenario : scenarios) {
                if (scenario.profile().equals(profile) && number > valid(scenario, done)) {
                    steps.add(new Step(scenario, number));
                }
            }
        }
        return steps;
    }

    private static long valid(Scenario scenario, List<Measured> done) {
        return done.stream()
                .filter(line -> !line.isIdle() && line.isValid() && line.scenario().equals(scenario))
                .count();
    }
}
