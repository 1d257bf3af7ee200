package dev.holdfast.cli.simulate;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.Failure;
import dev.holdfast.cli.command.Verb;
import dev.holdfast.cli.output.Fields;
import dev.holdfast.cli.output.Listing;
import dev.holdfast.simulator.fault.Fault;
import dev.holdfast.simulator.mutation.Mutation;
import dev.holdfast.simulator.run.Campaign;
import dev.holdfast.simulator.run.MutationSearch;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Simulated clusters. Needs no cluster and starts none. */
@Command(
        name = "simulate",
        description = {
            "Run simulated clusters: the decisions, leases and agents of the product, and faults from a seed.",
            "One seed is one run, always the same. What is tolerated must never end in a violation; what is beyond",
            "that must, sooner or later, be found."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./holdfast simulate --seeds 20000                   everything that the protocol tolerates",
            "  ./holdfast simulate --seeds 1 --from 81             one run again",
            "  ./holdfast simulate --seeds 200 --faults beyond     what no protocol can survive, which must be found",
            "  ./holdfast simulate --faults help                   what can go wrong",
            "  ./holdfast simulate --mutate all                    whether the simulator sees known mistakes",
        })
public final class SimulateCommand extends Verb {

    private static final String HELP = "help";
    private static final long SEEDS = 1_000;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description = "How many runs. Default: " + SEEDS + "; with --mutate at most " + MutationSearch.MOST_SEEDS
                    + " for each")
    private Long seeds;

    @Option(names = "--from", paramLabel = "S", defaultValue = "1", description = "First seed. Default: ${DEFAULT-VALUE}")
    private long from;

    @Option(
            names = "--nodes",
            paramLabel = "N",
            defaultValue = "3",
            description = "3, 4 or 5 machines; of 4, three are voters. Default: ${DEFAULT-VALUE}")
    private int nodes;

    @Option(
            names = "--faults",
            paramLabel = "SET",
            defaultValue = "assumed",
            description = "assumed (what is tolerated), beyond (all), names separated by commas, or help. "
                    + "Default: ${DEFAULT-VALUE}")
    private String faults;

    @Option(names = "--mutate", paramLabel = "ID", description = "Look for a known mistake: its id, all, or help.")
    private String mutate;

    @Override
    public Integer call() {
        if (faults.equals(HELP)) {
            screen().list(faultList(), List.of(Fault.values()));
            return ExitCode.OK;
        }
        if (HELP.equals(mutate)) {
            screen().list(mutationList(), List.of(Mutation.values()));
            return ExitCode.OK;
        }
        long most = seeds != null ? seeds : mutate == null ? SEEDS : MutationSearch.MOST_SEEDS;
        Campaign.Plan plan = given(chosen -> new Campaign.Plan(from, most, nodes, Fault.named(chosen)), faults);
        return mutate == null
                ? new CampaignReport(screen(), faults, plan).run()
                : new MutationReport(screen(), plan).run(given(Mutation::named, mutate));
    }

    private static <T> T given(Function<String, T> reader, String text) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException wrong) {
            throw Failure.badInput(wrong.getMessage());
        }
    }

    private static Listing<Fault> faultList() {
        return new Listing<Fault>(fault -> Fields.of("fault", fault.id())
                        .and("tolerated", fault.isAssumed())
                        .and("sentence", fault.sentence()))
                .column("FAULT", Fault::id)
                .column("SET", fault -> fault.isAssumed() ? "assumed" : "beyond")
                .column("WHAT HAPPENS", Fault::sentence);
    }

    private static Listing<Mutation> mutationList() {
        return new Listing<Mutation>(mutation -> Fields.of("mutation", mutation.id())
                        .and("sentence", mutation.sentence())
                        .and("faults", mutation.faults().stream().map(Fault::id).toList()))
                .column("MUTATION", Mutation::id)
                .column("THE MISTAKE", Mutation::sentence);
    }
}
