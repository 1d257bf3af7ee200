package dev.holdfast.node.cluster;

import dev.holdfast.core.node.NonVoter;
import dev.holdfast.guard.machine.DurableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads and writes cluster.yaml and node.yaml; node.yaml is cluster.yaml plus what is the node's own. */
public final class ConfigFile {
    private static final String NON_VOTERS = "nonVoters";
    private static final Set<String> CLUSTER_FIELDS = Set.of(
            "name", "clusterId", "net", Addresses.FIELD, "nodes", NON_VOTERS, "profile", "registryUrl", "dataset");

    private ConfigFile() {
    }

    /** @throws InvalidConfig naming file, field, value and rule @throws UncheckedIOException if it cannot be read */
    public static ClusterConfig readCluster(Path file) {
        return named(file, () -> cluster(load(file), Set.of()));
    }

    /** @throws InvalidConfig naming file, field, value and rule @throws UncheckedIOException if it cannot be read */
    public static NodeConfig readNode(Path file) {
        return named(file, () -> {
            Map<String, Object> fields = load(file);
            return new NodeConfig(
                    cluster(fields, Set.of("node", ReplicationConfig.FIELD)), text(fields, "node"),
                    ReplicationFields.read(fields.get(ReplicationConfig.FIELD)));
        });
    }

    /** Writes durably and at once: a reader sees the old file or the new one, never half of one. */
    public static void write(Path file, ClusterConfig config) throws IOException {
        DurableFile.replace(file, dump(fields(config)));
    }

    /** Writes durably and at once: a reader sees the old file or the new one, never half of one. */
    public static void write(Path file, NodeConfig config) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("node", config.node());
        fields.putAll(fields(config.cluster()));
        Map<String, Object> replication = ReplicationFields.of(config.replication());
        if (!replication.isEmpty()) {
            fields.put(ReplicationConfig.FIELD, replication);
        }
        DurableFile.replace(file, dump(fields));
    }

    private static ClusterConfig cluster(Map<String, Object> fields, Set<String> more) {
        TreeSet<String> unknown = new TreeSet<>(fields.keySet());
        unknown.removeAll(CLUSTER_FIELDS);
        unknown.removeAll(more);
        InvalidConfig.require(unknown.isEmpty(), unknown.isEmpty() ? "" : unknown.first(), "…", "is not a known field");
        return new ClusterConfig(text(fields, "name"), text(fields, "clusterId"), reach(fields),
                names(fields.get("nodes")), nonVoters(fields.get(NON_VOTERS)), text(fields, "profile"),
                Optional.ofNullable(text(fields, "registryUrl")).map(ConfigFile::url),
                Optional.ofNullable(text(fields, "dataset")));
    }

    private static Reach reach(Map<String, Object> fields) {
        Object addresses = fields.get(Addresses.FIELD);
        String net = text(fields, "net");
        InvalidConfig.require(addresses == null || net == null, Addresses.FIELD, addresses,
                "must be left out of a cluster that has a net: its nodes are all on one host");
        if (addresses != null) {
            return new Addresses(texts(Addresses.FIELD, addresses));
        }
        return net == null ? null : new Net(net);
    }

    private static Map<String, String> texts(String field, Object value) {
        InvalidConfig.require(value instanceof Map<?, ?>, field, value, "must map every node to its address");
        Map<String, String> texts = new LinkedHashMap<>();
        ((Map<?, ?>) value).forEach((key, each) -> {
            InvalidConfig.require(each instanceof String, field + "." + key, each, "must be text (put it in quotes)");
            texts.put(String.valueOf(key), (String) each);
        });
        return texts;
    }

    private static URI url(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException malformed) {
            throw new InvalidConfig("registryUrl", text, "must be a URL: " + malformed.getMessage());
        }
    }

    private static String text(Map<String, Object> fields, String field) {
        Object value = fields.get(field);
        InvalidConfig.require(value == null || value instanceof String, field, value, "must be text (put it in quotes)");
        return (String) value;
    }

    private static List<String> names(Object value) {
        InvalidConfig.require(value instanceof List<?>, "nodes", value, "must list 3, 5 or 7 node names");
        return ((List<?>) value).stream().map(String::valueOf).toList();
    }

    private static List<NonVoter> nonVoters(Object value) {
        InvalidConfig.require(value == null || value instanceof List<?>, NON_VOTERS, value, "must be a list, or left out");
        return value == null ? List.of() : ((List<?>) value).stream().map(ConfigFile::nonVoter).toList();
    }

    private static NonVoter nonVoter(Object value) {
        InvalidConfig.require(value instanceof Map<?, ?> map && map.get("name") instanceof String
                        && map.get("id") instanceof Integer
                        && (map.get("address") == null || map.get("address") instanceof String),
                NON_VOTERS, value, "must have a name, an id, and an address if it has a machine of its own");
        Map<?, ?> map = (Map<?, ?>) value;
        try {
            return new NonVoter((String) map.get("name"), (Integer) map.get("id"), (String) map.get("address"));
        } catch (IllegalArgumentException invalid) {
            throw new InvalidConfig(NON_VOTERS, value, "is wrong: " + invalid.getMessage());
        }
    }

    private static Map<String, Object> fields(NonVoter node) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", node.name());
        fields.put("id", node.id());
        if (node.address() != null) {
            fields.put("address", node.address());
        }
        return fields;
    }

    private static Map<String, Object> fields(ClusterConfig config) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", config.name());
        fields.put("clusterId", config.clusterId());
        switch (config.reach()) {
            case Net net -> fields.put("net", net.prefix());
            case Addresses addresses -> fields.put(Addresses.FIELD, addresses.byNode());
        }
        fields.put("nodes", config.voters());
        if (!config.nonVoters().isEmpty()) {
            fields.put(NON_VOTERS, config.nonVoters().stream().map(ConfigFile::fields).toList());
        }
        fields.put("profile", config.profile());
        config.registryUrl().ifPresent(url -> fields.put("registryUrl", url.toString()));
        config.dataset().ifPresent(dataset -> fields.put("dataset", dataset));
        return fields;
    }

    private static Map<String, Object> load(Path file) {
        try {
            Object document = new Load(LoadSettings.builder().setLabel(file.toString()).build())
                    .loadFromString(Files.readString(file));
            InvalidConfig.require(document instanceof Map<?, ?>, "document", document, "must be a YAML mapping");
            Map<String, Object> fields = new LinkedHashMap<>();
            ((Map<?, ?>) document).forEach((key, value) -> fields.put(String.valueOf(key), value));
            return fields;
        } catch (YamlEngineException malformed) {
            throw new InvalidConfig("document", "…", "is not YAML: " + malformed.getMessage().replace('\n', ' '));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + file, unreadable);
        }
    }

    private static String dump(Map<String, Object> fields) {
        return new Dump(DumpSettings.builder().setDefaultFlowStyle(FlowStyle.AUTO).build()).dumpToString(fields);
    }

    private static <T> T named(Path file, java.util.function.Supplier<T> read) {
        try {
            return read.get();
        } catch (InvalidConfig invalid) {
            throw new InvalidConfig(file.toString(), invalid);
        }
    }
}
