package dev.holdfast.node.cluster;

import dev.holdfast.replication.transport.SshSettings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** The part of node.yaml that is about replication. */
final class ReplicationFields {
    private static final String TRANSPORT = "transport";
    private static final String USER = "user";
    private static final String PORT = "port";
    private static final String KEY_FILE = "keyFile";
    private static final String KNOWN_HOSTS = "knownHosts";
    private static final String BYTES_PER_SECOND = "bytesPerSecond";
    private static final Set<String> OF_SSH = Set.of(USER, PORT, KEY_FILE, KNOWN_HOSTS);
    private static final Set<String> ALL =
            Set.of(TRANSPORT, USER, PORT, KEY_FILE, KNOWN_HOSTS, BYTES_PER_SECOND);

    private final Map<?, ?> fields;

    private ReplicationFields(Map<?, ?> fields) {
        this.fields = fields;
    }

    /** @param value null for nothing @throws InvalidConfig naming the first field that breaks its rule */
    static ReplicationConfig read(Object value) {
        if (value == null) {
            return ReplicationConfig.DEFAULT;
        }
        InvalidConfig.require(value instanceof Map<?, ?>, ReplicationConfig.FIELD, value, "must be a YAML mapping");
        return new ReplicationFields((Map<?, ?>) value).read();
    }

    /** What to write; empty for the default. */
    static Map<String, Object> of(ReplicationConfig config) {
        Map<String, Object> fields = new LinkedHashMap<>();
        config.ssh().ifPresent(ssh -> {
            fields.put(TRANSPORT, "ssh");
            fields.put(USER, ssh.user());
            fields.put(PORT, ssh.port());
            ssh.keyFile().ifPresent(file -> fields.put(KEY_FILE, file.toString()));
            ssh.knownHosts().ifPresent(file -> fields.put(KNOWN_HOSTS, file.toString()));
        });
        config.bytesPerSecond().ifPresent(limit -> fields.put(BYTES_PER_SECOND, limit));
        return fields;
    }

    private ReplicationConfig read() {
        TreeSet<String> unknown = new TreeSet<>();
        fields.keySet().forEach(field -> unknown.add(String.valueOf(field)));
        unknown.removeAll(ALL);
        InvalidConfig.require(unknown.isEmpty(), unknown.isEmpty() ? "" : name(unknown.first()), "…",
                "is not a known field");
        OptionalLong limit = fields.containsKey(BYTES_PER_SECOND)
                ? OptionalLong.of(number(BYTES_PER_SECOND))
                : OptionalLong.empty();
        return new ReplicationConfig(ssh(), limit);
    }

    private Optional<ReplicationConfig.Ssh> ssh() {
        String transport = text(TRANSPORT).orElse("tcp");
        InvalidConfig.require(Set.of("tcp", "ssh").contains(transport), name(TRANSPORT), transport,
                "must be tcp or ssh");
        if (transport.equals("tcp")) {
            fields.forEach((field, value) -> InvalidConfig.require(!OF_SSH.contains(field), name(field), value,
                    "must be left out, or transport must be ssh"));
            return Optional.empty();
        }
        return Optional.of(new ReplicationConfig.Ssh(
                text(USER).orElseThrow(() -> new InvalidConfig(
                        name(USER), null, "must name the account on the other machines that lets this node in")),
                fields.containsKey(PORT) ? port() : SshSettings.DEFAULT_PORT,
                path(KEY_FILE), path(KNOWN_HOSTS)));
    }

    private int port() {
        return Math.clamp(number(PORT), Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    private long number(String field) {
        Object value = fields.get(field);
        InvalidConfig.require(value instanceof Integer || value instanceof Long, name(field), value,
                "must be a whole number");
        return ((Number) value).longValue();
    }

    private Optional<Path> path(String field) {
        try {
            return text(field).map(Path::of);
        } catch (InvalidPathException malformed) {
            throw new InvalidConfig(name(field), malformed.getInput(), "must be a path");
        }
    }

    private Optional<String> text(String field) {
        Object value = fields.get(field);
        InvalidConfig.require(value == null || value instanceof String, name(field), value,
                "must be text (put it in quotes)");
        return Optional.ofNullable((String) value);
    }

    private static String name(Object field) {
        return ReplicationConfig.FIELD + "." + field;
    }
}
