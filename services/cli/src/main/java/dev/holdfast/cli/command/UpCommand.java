package dev.holdfast.cli.command;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.Failure;
import dev.holdfast.cli.bringup.BringUp;
import dev.holdfast.cli.local.Blueprint;
import dev.holdfast.cli.local.LocalCluster;
import dev.holdfast.cli.output.Fields;
import dev.holdfast.node.cluster.Addresses;
import dev.holdfast.node.cluster.ClusterConfig;
import dev.holdfast.node.cluster.ClusterFolder;
import dev.holdfast.node.cluster.Net;
import dev.holdfast.node.cluster.Ports;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts the cluster that is in the folder, or makes one. */
@Command(
        name = "up",
        description = {
            "Start the cluster in the data folder; on an empty folder, make one first.",
            "Nodes with machines of their own ('./holdfast init') are started there: then this waits for them, makes the",
            "topics and first settings of a new cluster, and needs nothing but cluster.yaml in the folder.",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./holdfast up                          three nodes a, b, c in ./holdfast-data",
            "  ./holdfast up --profile fast           fence a silent node after 11 s instead of 17 s",
            "  ./holdfast up --data /var/tmp/five --nodes 5",
        })
final class UpCommand extends Verb {

    @Option(names = "--nodes", paramLabel = "N", description = "Number of nodes of a new cluster: 3, 5 or 7. Default: 3")
    private Integer nodes;

    @Option(names = "--name", paramLabel = "NAME", description = "Name of a new cluster. Default: holdfast")
    private String name;

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            description = "Timing of a new cluster: fast, default or careful. Default: default")
    private String profile;

    @Option(
            names = "--registry-url",
            paramLabel = "URL",
            description = "Schema registry of a new cluster, base of its Confluent API; asked once, when the cluster is "
                    + "made. Default: none is needed")
    private URI registryUrl;

    @Option(
            names = "--dataset",
            paramLabel = "DATASET",
            description = "ZFS dataset of a new cluster's volumes, with {node} for the name of the node, for example "
                    + "tank/holdfast/{node}. Default: plain directories")
    private String dataset;

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            description = "Largest heap of each node started now, for example 512m. Default: 256m")
    private String heap;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "3m",
            converter = DurationOption.class,
            description = "How long to wait until all nodes have joined. Default: ${DEFAULT-VALUE}")
    private Duration timeout;

    @Override
    public Integer call() {
        List<String> options = Heap.options(heap);
        createIfNone();
        ClusterConfig config = config();
        refuseOtherWishes(config);
        switch (config.reach()) {
            case Net net -> config = startHere(options);
            case Addresses addresses -> awaitElsewhere(config);
        }
        screen().result(
                "Up: " + String.join(", ", config.nodes()) + " in " + folder().root() + ". './holdfast status' shows them"
                        + (config.reach() instanceof Net ? ", './holdfast down' stops them." : "."),
                Fields.of("name", config.name())
                        .and("data", folder().root().toString())
                        .and("nodes", config.nodes())
                        .and("profile", config.profile())
                        .and("bootstrap", bootstrap(config)));
        return ExitCode.OK;
    }

    private ClusterFolder folder() {
        return new ClusterFolder(data());
    }

    private static List<String> bootstrap(ClusterConfig config) {
        return config.voters().stream().map(node -> config.addressOf(node) + ":" + Ports.BROKER).toList();
    }

    /** Its network may be another one afterwards. */
    private ClusterConfig startHere(List<String> options) {
        LocalCluster cluster = LocalCluster.open(data(), options);
        new BringUp(cluster, screen()::progress).run(timeout);
        return cluster.config();
    }

    private void awaitElsewhere(ClusterConfig config) {
        if (heap != null) {
            throw Failure.badInput("--heap: the nodes have machines of their own; give it to './holdfast node run' there");
        }
        screen().progress("the nodes are started on machines of their own; waiting for " + bootstrap(config));
        new BringUp(config, screen()::progress).run(timeout);
    }

    private void createIfNone() {
        Path data = data();
        if (!LocalCluster.existsIn(data)) {
            Blueprint plain = Blueprint.of(nodes == null ? 3 : nodes, profile == null ? "default" : profile);
            LocalCluster.create(data, new Blueprint(
                    name == null ? plain.name() : name, plain.nodes(), plain.profile(), Optional.ofNullable(registryUrl),
                    Optional.ofNullable(dataset)));
            screen().progress("made a new cluster in " + data.toAbsolutePath().normalize());
        }
    }

    /** What is fixed at init must not be asked for in vain. */
    private void refuseOtherWishes(ClusterConfig config) {
        refuse("--nodes", nodes, config.voters().size());
        refuse("--name", name, config.name());
        refuse("--profile", profile, config.profile());
        refuse("--registry-url", registryUrl, config.registryUrl().orElse(null));
        refuse("--dataset", dataset, config.dataset().orElse(null));
    }

    private void refuse(String option, Object asked, Object is) {
        if (asked != null && !asked.equals(is)) {
            throw Failure.badInput(option + " " + asked + ": the cluster in " + data() + " was made with "
                    + (is == null ? "none" : is) + ", which is fixed. Leave the option out, or name another folder with --data");
        }
    }
}
