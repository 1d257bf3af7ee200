package dev.holdfast.cli.bench;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.Failure;
import dev.holdfast.cli.command.DurationOption;
import dev.holdfast.cli.command.Verb;
import dev.holdfast.cli.demo.DemoCluster;
import dev.holdfast.cli.demo.DemoSettings;
import dev.holdfast.cli.demo.GivenData;
import dev.holdfast.cli.demo.How;
import dev.holdfast.cli.demo.Narrator;
import dev.holdfast.cli.demo.Pull;
import dev.holdfast.cli.demo.Rehearsal;
import dev.holdfast.cli.demo.RehearsalRoom;
import dev.holdfast.cli.demo.RunResult;
import dev.holdfast.cli.demo.Verdict;
import dev.holdfast.cli.output.Fields;
import dev.holdfast.cli.output.Json;
import dev.holdfast.core.guest.VolumeKind;
import dev.holdfast.node.cluster.ClusterConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Failovers, again and again. */
@Command(
        name = "failover",
        description = "Pull plugs again and again on one cluster per profile, and sum up every phase.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./holdfast bench failover --runs 10 --pull owner,worst --profile fast,default --idle --resume runs.jsonl",
            "  ./holdfast bench failover --summary runs.jsonl      the tables, without measuring anything",
        })
final class FailoverCommand extends Verb {

    private static final Duration INTERVAL = Duration.ofSeconds(5);

    @Option(names = "--runs", paramLabel = "N", defaultValue = "10",
            description = "Valid runs of each combination. Default: ${DEFAULT-VALUE}")
    private int runs;

    @Option(names = "--pull", paramLabel = "WHOM", split = ",", defaultValue = "owner,worst",
            description = "owner, worst, or names of nodes. Default: ${DEFAULT-VALUE}")
    private List<String> pulls;

    @Option(names = "--profile", paramLabel = "PROFILE", split = ",", defaultValue = "fast,default",
            description = "fast, default, careful. Default: ${DEFAULT-VALUE}")
    private List<String> profiles;

    @Option(names = "--how", paramLabel = "HOW", split = ",", defaultValue = "kill",
            description = "kill, silence. Default: ${DEFAULT-VALUE}")
    private List<How> hows;

    @Option(names = "--resume", paramLabel = "FILE",
            description = "Add to this file, and leave out what it holds. Default: a new file in this folder")
    private Path resume;

    @Option(names = "--idle", description = "Also measure what a node costs while nothing happens.")
    private boolean idle;

    @Option(names = "--idle-time", paramLabel = "DURATION", defaultValue = "2m", converter = DurationOption.class,
            hidden = true, description = "For how long.")
    private Duration idleTime;

    @Option(names = "--summary", paramLabel = "FILE", description = "Only print the tables of a file of measurements.")
    private Path summary;

    @Override
    public Integer call() {
        if (summary != null) {
            new Summary(BenchFile.existing(summary).lines()).markdown().forEach(screen()::line);
            return ExitCode.OK;
        }
        check();
        Path path = resume != null ? resume : Path.of("failover-"
                + LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss")) + ".jsonl");
        BenchFile file = BenchFile.open(path);
        Narrator narrator = new Narrator(screen());
        narrator.say("Measurements go to " + path);
        List<Verdict> verdicts = new ArrayList<>();
        profiles.forEach(profile -> measure(profile, file, narrator, verdicts));
        new Summary(file.lines()).markdown().forEach(narrator::say);
        return verdicts.isEmpty() ? ExitCode.OK : Verdict.exitCode(verdicts);
    }

    private void measure(String profile, BenchFile file, Narrator narrator, List<Verdict> verdicts) {
        List<Plan.Step> steps = plan().missing(profile, file.lines());
        boolean idleMissing = idle && file.lines().stream()
                .noneMatch(line -> line.isIdle() && profile.equals(line.text("profile")));
        if (steps.isEmpty() && !idleMissing) {
            narrator.say("Profile " + profile + ": everything is measured already");
            return;
        }
        DemoSettings settings =
                new DemoSettings(Pull.parse("owner"), How.KILL, profile, INTERVAL, VolumeKind.DIRECTORY,
                        Optional.empty());
        GivenData.of(spec())
                .map(folder -> RehearsalRoom.in(folder.resolve(profile), settings, narrator))
                .orElseGet(() -> RehearsalRoom.temporary(settings, narrator))
                .use(cluster -> {
                    if (idleMissing) {
                        idle(cluster, profile, file, narrator);
                    }
                    return failovers(cluster, settings, steps, file, verdicts);
                });
    }

    private void idle(DemoCluster cluster, String profile, BenchFile file, Narrator narrator) {
        narrator.say("Watching the idle cluster for " + idleTime.toSeconds() + " s");
        IdleCost.measure(cluster.local(), profile, idleTime).forEach(line -> keep(file, line));
    }

    private boolean failovers(
            DemoCluster cluster, DemoSettings settings, List<Plan.Step> steps, BenchFile file, List<Verdict> verdicts) {
        Rehearsal rehearsal = new Rehearsal(cluster);
        boolean clean = true;
        for (int i = 0; i < steps.size(); i++) {
            Plan.Step step = steps.get(i);
            rehearsal.restore();
            cluster.tell("");
            cluster.tell("Run " + (i + 1) + " of " + steps.size() + ": " + step.scenario() + ", number " + step.number());
            RunResult result = failover(cluster, rehearsal, step, settings, file);
            verdicts.add(result.verdict());
            clean &= result.verdict() != Verdict.FAIL;
        }
        return clean;
    }

    private RunResult failover(
            DemoCluster cluster, Rehearsal rehearsal, Plan.Step step, DemoSettings settings, BenchFile file) {
        Scenario scenario = step.scenario();
        try (AckGap acks = AckGap.start(cluster.access(), cluster.local().bootstrap())) {
            RunResult result = rehearsal.run(step.number(), settings.with(
                    Pull.parse(scenario.pull()), How.valueOf(scenario.how().toUpperCase(Locale.ROOT))));
            Long gap = rehearsal.victim().flatMap(any -> acks.longestAfter(rehearsal.pulledAtNanos())).orElse(null);
            keep(file, result.fields().and(Measured.PULL, scenario.pull()).and(Measured.KAFKA_GAP_MS, gap));
            return result;
        }
    }

    private void keep(BenchFile file, Fields line) {
        String json = Json.line(line);
        file.append(json);
        if (screen().isJson()) {
            screen().line(json);
        }
    }

    private Plan plan() {
        List<Scenario> scenarios = new ArrayList<>();
        for (String profile : profiles) {
            for (String pull : pulls) {
                for (How how : hows) {
                    scenarios.add(new Scenario(profile, pull, how.name().toLowerCase(Locale.ROOT)));
                }
            }
        }
        return new Plan(scenarios, runs);
    }

    private void check() {
        require(runs >= 1 && runs <= 1_000, "--runs " + runs + ": must be 1 to 1000");
        profiles.forEach(profile -> require(ClusterConfig.PROFILES.contains(profile),
                "--profile '" + profile + "': must be fast, default or careful"));
        pulls.forEach(pull -> require(List.of("owner", "worst", "a", "b", "c").contains(pull),
                "--pull '" + pull + "': must be owner, worst, or one of the nodes a, b and c"));
        require(idleTime.compareTo(Duration.ofSeconds(1)) >= 0, "--idle-time: must be 1s or more");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw Failure.badInput(otherwise);
        }
    }
}
