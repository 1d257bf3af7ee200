package dev.holdfast.cli.command;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.audit.fold.Past;
import dev.holdfast.cli.Failure;
import dev.holdfast.cli.audit.JournalOption;
import dev.holdfast.cli.audit.JournalSource;
import dev.holdfast.cli.local.LocalCluster;
import dev.holdfast.cli.local.LocalNode;
import dev.holdfast.cli.output.Fields;
import dev.holdfast.cli.output.Json;
import dev.holdfast.cli.read.ClusterAccess;
import dev.holdfast.node.cluster.ClusterConfig;
import dev.holdfast.node.cluster.Net;
import java.util.stream.Collectors;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What runs where, and why not. */
@Command(
        name = "status",
        description = "Show the cluster, its nodes and its guests, as the log shows them.",
        footer = {
            "Ages are log time: LAST BEAT is how long ago another node read the node's newest beat, REPLICAS how far",
            "each replica lags behind its owner's newest beat, RPO the least of these of the present run: what the loss",
            "of the guest's node would cost now. No clock of this machine is compared with them.",
            "POOL is what the ZFS pool of a node's volumes is fit for, and how much of it is used.",
        })
final class StatusCommand extends Verb {

    @Mixin
    private JournalOption journal;

    @Option(
            names = "--at",
            paramLabel = "WHEN",
            description = "As it was then, folded from the journal: a duration before now (10m), or a time.")
    private String at;

    @Override
    public Integer call() {
        if (at != null || journal.isFile()) {
            return showPast(at == null ? Instant.MAX : Since.parse("--at", at, Instant.now()));
        }
        ClusterConfig config = config();
        try (ClusterAccess access = access()) {
            show(config.name(), OverviewReader.read(access));
            return ExitCode.OK;
        } catch (Failure failure) {
            if (failure.exitCode() == ExitCode.NO_ANSWER && config.reach() instanceof Net) {
                showPower(cluster());
            }
            throw failure;
        }
    }

    private int showPast(Instant moment) {
        try (JournalSource source = journal.open(this)) {
            PastOverview past = PastOverview.at(
                    moment.equals(Instant.MAX) ? source.past() : source.past(moment), moment);
            screen().progress("As of " + past.at() + ", journal entry " + past.entry());
            show(source.cluster(), past.overview());
            return ExitCode.OK;
        } catch (Past.BrokenJournal broken) {
            throw Failure.failed(broken.getMessage(), broken);
        }
    }

    private void showPower(LocalCluster cluster) {
        if (cluster.isRunning()) {
            screen().progress("On this host: " + cluster.nodes().stream()
                    .map(StatusCommand::power)
                    .collect(Collectors.joining(", ")));
        }
    }

    private static String power(LocalNode node) {
        return node.name() + (node.isOn() ? " on" : " off");
    }

    private void show(String name, Overview overview) {
        if (screen().isJson()) {
            screen().line(Json.line(Fields.of("cluster", ClusterLines.fields(name, overview.state()))
                    .and("nodes", overview.nodes().stream().map(node -> NodeLines.fields(overview, node)).toList())
                    .and("guests", overview.guests().stream().map(guest -> GuestLines.fields(overview, guest)).toList())));
            return;
        }
        ClusterLines.text(name, overview.state()).forEach(screen()::line);
        screen().line("");
        screen().list(NodeLines.listing(overview), overview.nodes());
        screen().line("");
        if (overview.guests().isEmpty()) {
            screen().line("No guests. './holdfast guest add infra/examples/guest.yaml' adds one.");
        } else {
            screen().list(GuestLines.listing(overview), overview.guests());
        }
    }
}
