package dev.holdfast.cli.simulate;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.output.Fields;
import dev.holdfast.cli.output.Screen;
import dev.holdfast.simulator.mutation.Mutation;
import dev.holdfast.simulator.run.Campaign;
import dev.holdfast.simulator.run.MutationSearch;
import java.util.List;

/** Known mistakes, and whether the simulator sees each. */
final class MutationReport {

    private final Screen screen;
    private final Campaign.Plan plan;

    /** @param plan where to look: its faults are not used, each mutation has its own */
    MutationReport(Screen screen, Campaign.Plan plan) {
        this.screen = screen;
        this.plan = plan;
    }

    /** @return the exit code */
    int run(List<Mutation> mutations) {
        boolean allCaught = true;
        for (Mutation mutation : mutations) {
            screen.progress(mutation.id() + ": " + mutation.sentence() + " ...");
            MutationSearch.Outcome outcome =
                    MutationSearch.run(mutation, plan.from(), plan.seeds(), plan.nodes());
            allCaught &= outcome.caught();
            screen.result(sentence(outcome), fields(outcome));
        }
        return allCaught ? ExitCode.OK : ExitCode.FAILED;
    }

    private static String sentence(MutationSearch.Outcome outcome) {
        return outcome.mutation().id() + (outcome.caught()
                ? " is caught by " + outcome.invariant() + " after " + outcome.seeds() + " runs, with seed "
                        + outcome.seed()
                : " SURVIVES " + outcome.seeds() + " runs");
    }

    private static Fields fields(MutationSearch.Outcome outcome) {
        return Fields.of("mutation", outcome.mutation().id())
                .and("caught", outcome.caught())
                .and("seeds", outcome.seeds())
                .and("seed", outcome.caught() ? outcome.seed() : null)
                .and("invariant", outcome.invariant())
                .and("events", outcome.events());
    }
}
