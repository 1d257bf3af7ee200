package dev.holdfast.cli.demo;

import dev.holdfast.cli.Failure;
import dev.holdfast.cli.audit.ReceiptFiles;
import dev.holdfast.cli.command.DurationOption;
import dev.holdfast.cli.command.Verb;
import dev.holdfast.cli.output.Json;
import dev.holdfast.cli.output.OutputFormat;
import dev.holdfast.core.guest.VolumeKind;
import dev.holdfast.node.cluster.ClusterConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The demonstration: a cluster, a database under load, a pulled plug, and the receipt. */
@Command(
        name = "demo",
        description = "Start three nodes with a database under load, pull the plug of one, and watch it come back.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./holdfast demo                                    the node that runs the database loses its power",
            "  ./holdfast demo --pull worst --how silence         the one that is everything to the cluster, without a word",
            "  ./holdfast demo --profile fast --runs 3 -o json    three times, one line of JSON each",
            "  ./holdfast demo --storage zfs --interval 2s        on real ZFS pools; the lost rows are in what the node kept",
            "  ./holdfast demo --keep --data /var/tmp/demo        and go on from there by hand",
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:everything that was promised held, in every run",
            "1:it did not, or the demo itself failed",
            "2:wrong command line; nothing was started",
            "3:no run failed, but one could not be brought to where it proves something",
        })
public final class DemoCommand extends Verb {

    private static final Duration LEAST_INTERVAL = Duration.ofSeconds(1);
    private static final Duration MOST_INTERVAL = Duration.ofHours(24);

    @Option(
            names = "--pull",
            paramLabel = "WHOM",
            defaultValue = "owner",
            description = "owner: the node that runs the database. worst: that it holds every other role too. Or the name "
                    + "of a node: a, b or c. Default: ${DEFAULT-VALUE}")
    private String pull;

    @Option(
            names = "--how",
            paramLabel = "HOW",
            defaultValue = "kill",
            description = "kill: SIGKILL to all its processes, the others see resets. silence: its links fall silent first, "
                    + "as in a real power loss. Default: ${DEFAULT-VALUE}")
    private How how;

    @Option(names = "--runs", paramLabel = "N", defaultValue = "1",
            description = "How often; the node is switched on again in between. Default: ${DEFAULT-VALUE}")
    private int runs;

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            defaultValue = "default",
            description = "Timing: fast, default or careful. Default: ${DEFAULT-VALUE}")
    private String profile;

    @Option(
            names = "--interval",
            paramLabel = "DURATION",
            defaultValue = "5s",
            converter = DurationOption.class,
            description = "From one snapshot of the database to the next, 1s to 24h. Default: ${DEFAULT-VALUE}")
    private Duration interval;

    @Option(
            names = "--storage",
            paramLabel = "KIND",
            defaultValue = "directory",
            description = "How the database's volume is kept and copied: directory, or zfs on pools of the demo's own (as "
                    + "root, where infra/ci/prepare was run). With zfs the node is switched on again, and shows what it "
                    + "kept. Default: ${DEFAULT-VALUE}")
    private String storage;

    @Option(
            names = "--limit",
            paramLabel = "DURATION",
            converter = DurationOption.class,
            description = "Within which the database must answer again. Default: 19s, 25s or 43s by profile")
    private Duration limit;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write the receipt of the last run into this file, as a page to be printed and filed.")
    private Path html;

    @Option(names = "--keep", description = "Leave the cluster running at the end, all nodes on.")
    private boolean keep;

    @Override
    public Integer call() {
        DemoSettings settings = settings();
        Narrator narrator = new Narrator(screen());
        RehearsalRoom room = GivenData.of(spec())
                .map(folder -> RehearsalRoom.in(folder, settings, narrator))
                .orElseGet(() -> RehearsalRoom.temporary(settings, narrator));
        List<Verdict> verdicts = new ArrayList<>();
        room.use(cluster -> {
            rehearse(cluster, settings, verdicts);
            if (keep) {
                room.keep();
            }
            return verdicts.stream().allMatch(verdict -> verdict == Verdict.PASS);
        });
        return Verdict.exitCode(verdicts);
    }

    private void rehearse(DemoCluster cluster, DemoSettings settings, List<Verdict> verdicts) {
        Rehearsal rehearsal = new Rehearsal(cluster);
        for (int run = 1; run <= runs; run++) {
            cluster.narrator().say("");
            cluster.narrator().say("Run " + run + " of " + runs + ": pull " + settings.pull());
            RunResult result = rehearsal.run(run, settings);
            boolean switchOn = run < runs || keep || settings.storage() == VolumeKind.ZFS;
            RunResult whole = switchOn ? rehearsal.restore().map(result::with).orElse(result) : result;
            verdicts.add(whole.verdict());
            print(whole);
            file(cluster, rehearsal);
        }
    }

    private void file(DemoCluster cluster, Rehearsal rehearsal) {
        if (html != null) {
            rehearsal.receipt().ifPresent(receipt -> {
                ReceiptFiles.page(html, receipt, cluster.local().config().name());
                cluster.narrator().say("  the receipt as a page is in " + html);
            });
        }
    }

    private void print(RunResult result) {
        if (screen().format() == OutputFormat.JSON) {
            screen().line(Json.line(result.fields()));
        } else if (screen().format() == OutputFormat.TSV) {
            if (result.run() == 1) {
                screen().line(String.join("\t", result.fields().map().keySet()));
            }
            screen().line(result.fields().map().values().stream().map(DemoCommand::cell).collect(Collectors.joining("\t")));
        }
    }

    private static String cell(Object value) {
        return value == null ? "-" : String.valueOf(value).replaceAll("\\p{Cntrl}+", " ");
    }

    private DemoSettings settings() {
        require(ClusterConfig.PROFILES.contains(profile), "--profile '" + profile + "': must be fast, default or careful");
        require(runs >= 1 && runs <= 1_000, "--runs " + runs + ": must be 1 to 1000");
        require(interval.compareTo(LEAST_INTERVAL) >= 0 && interval.compareTo(MOST_INTERVAL) <= 0,
                "--interval: must be 1s to 24h");
        require(limit == null || limit.isPositive(), "--limit: must be more than nothing, for example 30s");
        require(List.of("directory", "zfs").contains(storage), "--storage '" + storage + "': must be directory or zfs");
        Pull whom = Pull.parse(pull);
        require(whom.kind() != Pull.Kind.NAMED || List.of("a", "b", "c").contains(whom.node()),
                "--pull '" + pull + "': must be owner, worst, or one of the nodes a, b and c");
        return new DemoSettings(
                whom, how, profile, interval, VolumeKind.valueOf(storage.toUpperCase(Locale.ROOT)),
                Optional.ofNullable(limit));
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw Failure.badInput(otherwise);
        }
    }
}
