package dev.holdfast.cli.simulate;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.output.Fields;
import dev.holdfast.cli.output.Json;
import dev.holdfast.cli.output.Screen;
import dev.holdfast.simulator.fault.Fault;
import dev.holdfast.simulator.run.Campaign;
import dev.holdfast.simulator.run.Finding;
import dev.holdfast.simulator.world.Simulation;
import java.util.List;
import java.util.Map;

/** Many runs, told to a person while they go on, or to a program. */
final class CampaignReport implements Campaign.Listener {

    /** A person reads the first ones; of the others the seeds are enough to look at them later. */
    private static final int MOST_SHOWN = 3;

    private final Screen screen;
    private final String faultSet;
    private final Campaign.Plan plan;
    private int shown;

    CampaignReport(Screen screen, String faultSet, Campaign.Plan plan) {
        this.screen = screen;
        this.faultSet = faultSet;
        this.plan = plan;
    }

    /** @return the exit code */
    int run() {
        Campaign.Outcome outcome = Campaign.run(plan, this);
        if (!screen.isJson()) {
            screen.line("faults: " + counts(outcome.coverage().faults()));
            screen.line("rules:  " + counts(outcome.coverage().rules()));
            neverStruck(outcome);
        }
        screen.result(
                outcome.seeds() + " runs, " + outcome.events() + " events, " + outcome.eventsPerSecond()
                        + " a second (" + outcome.eventsPerProcessorSecond() + " a second of processor time): "
                        + outcome.violations() + " violations",
                Fields.of("faultSet", faultSet)
                        .and("seeds", outcome.seeds())
                        .and("events", outcome.events())
                        .and("eventsPerSecond", outcome.eventsPerSecond())
                        .and("violations", outcome.violations())
                        .and("faults", outcome.coverage().faults())
                        .and("rules", outcome.coverage().rules()));
        boolean asItShould = plan.isTolerated() == (outcome.violations() == 0);
        return asItShould ? ExitCode.OK : ExitCode.FAILED;
    }

    private void neverStruck(Campaign.Outcome outcome) {
        List<String> never = plan.faults().stream()
                .map(Fault::id)
                .filter(id -> !outcome.coverage().faults().containsKey(id))
                .toList();
        if (!never.isEmpty()) {
            screen.line("never struck: " + String.join(", ", never));
        }
    }

    private static String counts(Map<String, Long> counts) {
        return String.join(", ", counts.entrySet().stream().map(each -> each.getKey() + " " + each.getValue()).toList());
    }

    @Override
    public void at(long seeds, long events, long violations) {
        screen.progress(seeds + " of " + plan.seeds() + " runs, " + events + " events, " + violations + " violations");
    }

    @Override
    public void violated(Simulation.Order order, Simulation.Result result) {
        if (shown == MOST_SHOWN) {
            screen.progress("seed " + result.seed() + " violates " + result.violation().invariant());
            return;
        }
        shown++;
        screen.progress("seed " + result.seed() + " violates " + result.violation().invariant()
                + "; looking for the fewest faults ...");
        Finding finding = Finding.of(order, result);
        if (screen.isJson()) {
            screen.line(Json.line(Fields.of("seed", finding.seed())
                    .and("invariant", finding.invariant())
                    .and("what", finding.what())
                    .and("faults", finding.faultIds())
                    .and("planned", finding.planned())
                    .and("timeline", finding.timeline())));
        } else {
            show(finding);
        }
    }

    private void show(Finding finding) {
        screen.line("");
        finding.timeline().forEach(screen::line);
        screen.line("");
        screen.line("seed " + finding.seed() + ": " + finding.invariant() + " does not hold: " + finding.what());
        screen.line("needs " + finding.faultIds() + " of " + finding.planned() + " faults; again with:"
                + " ./holdfast simulate --seeds 1 --from " + finding.seed() + " --nodes " + plan.nodes()
                + " --faults " + faultSet);
        screen.line("");
    }
}
