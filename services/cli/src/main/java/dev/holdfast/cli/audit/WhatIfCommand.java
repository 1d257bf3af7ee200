package dev.holdfast.cli.audit;

import dev.holdfast.audit.fold.Past;
import dev.holdfast.audit.whatif.Difference;
import dev.holdfast.audit.whatif.Supposition;
import dev.holdfast.audit.whatif.WhatIf;
import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.Failure;
import dev.holdfast.cli.command.Since;
import dev.holdfast.cli.command.TimingEdit;
import dev.holdfast.cli.command.Verb;
import dev.holdfast.cli.output.OutputFormat;
import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.node.Timing;
import dev.holdfast.core.state.ClusterState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The past under other settings. */
@Command(
        name = "what-if",
        description = {
            "What would have been otherwise under other settings, or without a node: which fencings would have been added, "
                    + "avoided, earlier or later, and which leases would have been lost.",
            "The inputs stay as they were recorded. A node is judged by what its beats would have named, as always. A node "
                    + "that is left out stays a voter and testifies no more."
        },
        footerHeading = "%nWhat it cannot know:%n",
        footer = {
            "  Recorded inputs do not react. Nodes beat as often as they did; what they and the guests would have done after",
            "  the first difference is not known, so each silence is judged by itself: a node that would have been fenced",
            "  and beat on is taken as it was recorded again. Guests are where they were.",
            "  A fencing's 'by' is from the moment recorded to the one supposed: what ran there can run no more, or is heard",
            "  of again. A lease is told as lost if a beat was sent so long after the newest that it knew to be acknowledged;",
            "  one that ended between two beats, and was renewed, is not seen. Times are the writers' wall clocks.",
            "",
            "Examples:",
            "  ./holdfast what-if --profile careful              how much longer would each failover have taken?",
            "  ./holdfast what-if --lease 7s --wd 3s --from 24h  would a shorter lease have been lost since yesterday?",
            "  ./holdfast what-if --without-node c -o json       who would have been fenced without c's testimony?",
        })
public final class WhatIfCommand extends Verb {

    @Mixin
    private JournalOption journal;

    @Option(names = "--profile", paramLabel = "NAME", description = "All values of fast, default or careful.")
    private String profile;

    @Option(names = "--lease", paramLabel = "DURATION", description = "Another lease, for example 7s.")
    private String lease;

    @Option(names = "--wd", paramLabel = "DURATION", description = "Another watchdog timeout.")
    private String wd;

    @Option(names = "--margin", paramLabel = "DURATION", description = "Another margin.")
    private String margin;

    @Option(names = "--rho", paramLabel = "FRACTION", description = "Another greatest error of the clocks' rate.")
    private String rho;

    @Option(names = "--without-node", paramLabel = "NODE", split = ",",
            description = "As if what this node wrote were not on the log.")
    private Set<String> without = Set.of();

    @Option(names = "--from", paramLabel = "TIME",
            description = "Only what happened since: 24h before now, or 2026-11-23T10:00:00Z. Default: all that is kept")
    private String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Only what happened before. Default: now")
    private String to;

    @Override
    public Integer call() {
        if (changes().isEmpty() && profile == null && without.isEmpty()) {
            throw Failure.badInput("nothing is supposed: name a --profile, a value such as --lease 7s, or --without-node");
        }
        Instant begin = from == null ? Instant.EPOCH : Since.parse("--from", from, Instant.now());
        Instant end = to == null ? Instant.MAX : Since.parse("--to", to, Instant.now());
        try (JournalSource source = journal.open(this)) {
            ProgressBar bar = new ProgressBar(screen(), "looked at", source.bounds());
            List<Difference> differences = differences(source, begin, end, bar);
            screen().list(DifferenceLines.listing(), differences);
            if (screen().format() == OutputFormat.TEXT) {
                screen().line(DifferenceLines.summary(differences));
            }
            return ExitCode.OK;
        }
    }

    private List<Difference> differences(JournalSource source, Instant begin, Instant end, ProgressBar bar) {
        Past past = source.past(begin);
        if (!past.hasNext()) {
            throw Failure.failed("nothing is kept of that time");
        }
        try {
            List<Difference> differences =
                    new WhatIf(new Supposition(this::supposed, without), begin, end).run(past, bar::at);
            past.state().map(ClusterState::settings).ifPresent(this::knowsNodes);
            return differences;
        } catch (IllegalArgumentException impossible) {
            throw Failure.badInput("no cluster could have run so: " + impossible.getMessage());
        } catch (Past.BrokenJournal broken) {
            throw Failure.failed(broken.getMessage(), broken);
        }
    }

    private void knowsNodes(ClusterSettings settings) {
        for (String node : without) {
            if (!settings.voters().contains(node)) {
                throw Failure.badInput("--without-node '" + node + "': the voters are "
                        + String.join(", ", settings.voters()));
            }
        }
    }

    private Timing supposed(Timing recorded) {
        TimingEdit edit = new TimingEdit(recorded);
        if (profile != null) {
            edit.profile(profile);
        }
        changes().forEach((name, value) -> edit.set(name + "=" + value));
        return edit.done();
    }

    private Map<String, String> changes() {
        Map<String, String> changes = new LinkedHashMap<>();
        putIfGiven(changes, "lease", lease);
        putIfGiven(changes, "wd", wd);
        putIfGiven(changes, "margin", margin);
        putIfGiven(changes, "rho", rho);
        return changes;
    }

    private static void putIfGiven(Map<String, String> changes, String name, String value) {
        if (value != null) {
            changes.put(name, value);
        }
    }
}
