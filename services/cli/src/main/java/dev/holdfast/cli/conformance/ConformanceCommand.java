package dev.holdfast.cli.conformance;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.command.Verb;
import dev.holdfast.cli.output.Fields;
import dev.holdfast.simulator.conformance.Conformance;
import dev.holdfast.simulator.conformance.Conformance.Outcome;
import dev.holdfast.simulator.conformance.Scenario;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Plays scenarios of another HA manager. Needs no cluster and starts none. */
@Command(
        name = "conformance",
        description = {
            "Play scenarios of another HA manager on simulated clusters and judge what comes of them.",
            "Where each guest runs, what is wanted of it, which nodes counted as dead. A scenario that needs what this manager "
                    + "does not have is notSupported. Exit code 1 if one failed; without scenarios in the folder there is "
                    + "nothing to judge."
        },
        footerHeading = "%nExamples:%n",
        footer = "  ./holdfast conformance ../scenarios -o json")
public final class ConformanceCommand extends Verb {

    private static final String INDEX = "index.json";

    @Parameters(paramLabel = "DIR", description = "Folder with index.json and one file for each scenario.")
    private Path folder;

    @Override
    public Integer call() {
        if (!Files.isRegularFile(folder.resolve(INDEX))) {
            screen().progress("no scenarios: there is no " + folder.resolve(INDEX));
            return ExitCode.OK;
        }
        Map<String, Map<Outcome, Integer>> totals = new TreeMap<>();
        for (Document entry : Document.read(folder.resolve(INDEX)).list("scenarios")) {
            Scenario scenario = new ScenarioFile(Document.read(folder.resolve(entry.text("file")))).scenario();
            Conformance.Verdict verdict = Conformance.judge(scenario);
            tell(scenario, verdict);
            totals.computeIfAbsent(scenario.group(), group -> new EnumMap<>(Outcome.class))
                    .merge(verdict.outcome(), 1, Integer::sum);
        }
        totals.forEach(this::tellTotals);
        boolean failed = totals.values().stream().anyMatch(group -> group.containsKey(Outcome.FAILED));
        return failed ? ExitCode.FAILED : ExitCode.OK;
    }

    private void tell(Scenario scenario, Conformance.Verdict verdict) {
        screen().result(
                scenario.name() + " (" + scenario.group() + ", " + scenario.portability() + "): "
                        + verdict.outcome().id() + (verdict.reason() == null ? "" : ": " + verdict.reason()),
                Fields.of("name", scenario.name())
                        .and("group", scenario.group())
                        .and("portability", scenario.portability())
                        .and("outcome", verdict.outcome().id())
                        .and("reason", verdict.reason()));
    }

    private void tellTotals(String group, Map<Outcome, Integer> outcomes) {
        Fields fields = Fields.of("group", group);
        List.of(Outcome.values()).forEach(outcome -> fields.and(outcome.id(), outcomes.getOrDefault(outcome, 0)));
        screen().result(
                "group " + group + ": " + outcomes.getOrDefault(Outcome.PASSED, 0) + " passed, "
                        + outcomes.getOrDefault(Outcome.FAILED, 0) + " failed, "
                        + outcomes.getOrDefault(Outcome.NOT_SUPPORTED, 0) + " not supported",
                fields);
    }
}
