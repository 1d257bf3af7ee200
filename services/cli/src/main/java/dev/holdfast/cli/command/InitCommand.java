package dev.holdfast.cli.command;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.Failure;
import dev.holdfast.cli.output.Fields;
import dev.holdfast.node.cluster.Addresses;
import dev.holdfast.node.cluster.ClusterConfig;
import dev.holdfast.node.cluster.ClusterFolder;
import dev.holdfast.node.cluster.ClusterInit;
import dev.holdfast.node.cluster.ExistingData;
import dev.holdfast.node.cluster.InvalidConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.Uuid;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes the folders of a cluster of machines. */
@Command(
        name = "init",
        description = {
            "Make a new cluster whose nodes have machines of their own.",
            "One folder for each node, to be moved to its machine, and cluster.yaml for whoever operates it. Never writes over "
                    + "anything.",
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  ./holdfast init --data fresh --address a=10.77.0.11 --address b=10.77.0.12 --address c=10.77.0.13",
        })
final class InitCommand extends Verb {

    @Option(
            names = "--address",
            paramLabel = "NODE=ADDRESS",
            required = true,
            description = "A node and the IPv4 address or host name that its machine listens on and all others reach it by. "
                    + "Once for each of 3, 5 or 7 nodes.")
    private List<String> addresses;

    @Option(names = "--name", paramLabel = "NAME", defaultValue = "holdfast", description = "Name. Default: ${DEFAULT-VALUE}")
    private String name;

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            defaultValue = "default",
            description = "Timing: fast, default or careful. Default: ${DEFAULT-VALUE}")
    private String profile;

    @Option(names = "--registry-url", paramLabel = "URL", description = "Schema registry. Default: none is needed")
    private URI registryUrl;

    @Option(
            names = "--dataset",
            paramLabel = "DATASET",
            description = "Keep guests' volumes under this ZFS dataset of each machine, for example tank/holdfast. "
                    + "Default: plain directories")
    private String dataset;

    @Override
    public Integer call() {
        ClusterFolder folder = new ClusterFolder(data());
        ClusterConfig config = create(folder);
        screen().result(
                "Made cluster " + config.name() + " in " + folder.root() + ". Next:\n" + nextSteps(folder, config),
                Fields.of("name", config.name())
                        .and("data", folder.root().toString())
                        .and("nodes", config.nodes())
                        .and("addresses", config.nodes().stream().map(config::addressOf).toList()));
        return ExitCode.OK;
    }

    private ClusterConfig create(ClusterFolder folder) {
        try {
            Map<String, String> byNode = byNode();
            ClusterConfig config = new ClusterConfig(
                    name, Uuid.randomUuid().toString(), new Addresses(byNode), List.copyOf(byNode.keySet()), profile,
                    Optional.ofNullable(registryUrl), Optional.ofNullable(dataset));
            Files.createDirectories(folder.root());
            return new ClusterInit(folder).create(config);
        } catch (ExistingData | InvalidConfig refused) {
            throw Failure.badInput(refused.getMessage());
        } catch (IOException | UncheckedIOException failed) {
            throw Failure.failed("cannot make a cluster in " + folder.root() + ": " + failed.getMessage(), failed);
        }
    }

    private Map<String, String> byNode() {
        Map<String, String> byNode = new LinkedHashMap<>();
        for (String each : addresses) {
            int equals = each.indexOf('=');
            if (equals < 1) {
                throw Failure.badInput("--address '" + each + "': must be NODE=ADDRESS, for example a=10.77.0.11");
            }
            if (byNode.put(each.substring(0, equals), each.substring(equals + 1)) != null) {
                throw Failure.badInput("--address '" + each + "': the node has an address already");
            }
        }
        return byNode;
    }

    private static String nextSteps(ClusterFolder folder, ClusterConfig config) {
        StringBuilder steps = new StringBuilder();
        for (String node : config.nodes()) {
            steps.append("  %-12s move %s to the machine %s and run there: ./holdfast node run FOLDER/%s%n".formatted(
                    node, folder.node(node).root(), config.addressOf(node), node));
        }
        return steps + "  then         ./holdfast up --data " + folder.root()
                + "   here, or wherever a copy of cluster.yaml is";
    }
}
