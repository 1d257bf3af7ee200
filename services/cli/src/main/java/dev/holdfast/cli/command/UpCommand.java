package dev.holdfast.cli.command;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.Failure;
import dev.holdfast.cli.bringup.BringUp;
import dev.holdfast.cli.local.Blueprint;
import dev.holdfast.cli.local.LocalCluster;
import dev.holdfast.cli.output.Fields;
import dev.holdfast.node.cluster.ClusterConfig;
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
        description = "Start the cluster in the data folder; on an empty folder, make one first.",
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
        if (heap != null && !heap.matches("[1-9]\\d{0,4}[mMgG]")) {
            throw Failure.badInput("--heap '" + heap + "': must be a whole number and m or g, for example 512m");
        }
        LocalCluster cluster = openOrCreate();
        new BringUp(cluster, screen()::progress).run(timeout);
        ClusterConfig config = cluster.config();
        screen().result(
                "Up: " + String.join(", ", config.nodes()) + " in " + cluster.folder().root()
                        + ". './holdfast status' shows them, './holdfast down' stops them.",
                Fields.of("name", config.name())
                        .and("data", cluster.folder().root().toString())
                        .and("nodes", config.nodes())
                        .and("profile", config.profile())
                        .and("bootstrap", config.nodes().stream().map(node -> address(config, node)).toList()));
        return ExitCode.OK;
    }

    private static String address(ClusterConfig config, String node) {
        return config.net().real(config.idOf(node)) + ":" + Ports.BROKER;
    }

    private LocalCluster openOrCreate() {
        Path data = data();
        List<String> options = heap == null ? List.of() : List.of("-Xmx" + heap);
        if (!LocalCluster.existsIn(data)) {
            Blueprint plain = Blueprint.of(nodes == null ? 3 : nodes, profile == null ? "default" : profile);
            LocalCluster.create(data, new Blueprint(
                    name == null ? plain.name() : name, plain.nodes(), plain.profile(), Optional.ofNullable(registryUrl)));
            screen().progress("made a new cluster in " + data.toAbsolutePath().normalize());
        }
        LocalCluster cluster = LocalCluster.open(data, options);
        refuseOtherWishes(cluster.config());
        return cluster;
    }

    /** What is fixed at init must not be asked for in vain. */
    private void refuseOtherWishes(ClusterConfig config) {
        refuse("--nodes", nodes, config.nodes().size());
        refuse("--name", name, config.name());
        refuse("--profile", profile, config.profile());
        refuse("--registry-url", registryUrl, config.registryUrl().orElse(null));
    }

    private void refuse(String option, Object asked, Object is) {
        if (asked != null && !asked.equals(is)) {
            throw Failure.badInput(option + " " + asked + ": the cluster in " + data() + " was made with "
                    + (is == null ? "none" : is) + ", which is fixed. Leave the option out, or name another folder with --data");
        }
    }
}
