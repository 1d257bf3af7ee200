package dev.holdfast.core.guest;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A guest as its owner describes it: one process tree with one replicated volume, running on at most one node.
 *
 * <p>Command, environment values and probe may contain {@link Placeholders}. All maps and lists are copied and
 * unmodifiable; the environment is sorted by name, so that equal specs are equal bytes in the log.
 *
 * @param name           unique in the cluster; 1 to 40 characters a-z, 0-9 or '-'
 * @param command        program and arguments, not a shell line; 1 to 256 of them, together at most 16,384 characters
 * @param environment    set for the process on top of a small default environment; at most 128 variables, together at
 *                       most 16,384 characters; names beginning with HOLDFAST_ are ours
 * @param volume         how its data is stored
 * @param address        IPv4 address of its own, bound by it on whichever node it runs; {@code null} means the address
 *                       of the node it runs on, unless the cluster assigns one when the guest is added
 * @param port           port of its service at that address, 1 to 65535
 * @param probe          how to find out that it answers
 * @param restart        what follows a crash
 * @param replication    how often its volume is copied
 * @param maxDataLoss    a recovery that would lose more waits for a person, 0 s to 30 days; {@code null} means recover
 *                       and state the loss
 * @param requestedState what its owner wants
 * @param nodes          where it may run
 * @param stopGrace      from SIGTERM to SIGKILL in an orderly stop, 0 s to 10 m
 * @param drill          what may be rehearsed with it
 */
public record GuestSpec(String name, List<String> command, Map<String, String> environment, VolumeKind volume,
                        String address, int port, ProbeSpec probe, RestartPolicy restart,
                        ReplicationPolicy replication, Duration maxDataLoss, RequestedState requestedState,
                        NodeRules nodes, Duration stopGrace, DrillPolicy drill) {

    /** Stop grace of a spec that names none. */
    public static final Duration DEFAULT_STOP_GRACE = Duration.ofSeconds(10);

    public GuestSpec {
        Checks checks = new Checks().name("name", name);
        ProcessRules.command(checks, "command", command);
        ProcessRules.environment(checks, environment);
        checks.given("volume", volume);
        ProcessRules.address(checks, address);
        checks.between("port", port, 1, 65_535)
                .given("probe", probe).given("restart", restart).given("replication", replication);
        if (maxDataLoss != null) {
            checks.between("maxDataLoss", maxDataLoss, Duration.ZERO, Duration.ofDays(30));
        }
        checks.given("requestedState", requestedState).given("nodes", nodes)
                .between("stopGrace", stopGrace, Duration.ZERO, Duration.ofMinutes(10))
                .given("drill", drill)
                .refuseIfAny();
        command = List.copyOf(command);
        environment = Collections.unmodifiableMap(new TreeMap<>(environment));
    }

    /** One with which no more than an orderly move may be rehearsed, as of a spec that does not say. */
    public GuestSpec(String name, List<String> command, Map<String, String> environment, VolumeKind volume,
                     String address, int port, ProbeSpec probe, RestartPolicy restart, ReplicationPolicy replication,
                     Duration maxDataLoss, RequestedState requestedState, NodeRules nodes, Duration stopGrace) {
        this(name, command, environment, volume, address, port, probe, restart, replication, maxDataLoss,
                requestedState, nodes, stopGrace, DrillPolicy.SWITCHOVER);
    }

    /** The same guest with another requested state. */
    public GuestSpec requested(RequestedState state) {
        return new GuestSpec(name, command, environment, volume, address, port, probe, restart, replication,
                maxDataLoss, state, nodes, stopGrace, drill);
    }

    /** The same guest at another address, for example the one the cluster assigned. */
    public GuestSpec at(String newAddress) {
        return new GuestSpec(name, command, environment, volume, newAddress, port, probe, restart, replication,
                maxDataLoss, requestedState, nodes, stopGrace, drill);
    }

    /** The same guest with which other things may be rehearsed. */
    public GuestSpec rehearsed(DrillPolicy policy) {
        return new GuestSpec(name, command, environment, volume, address, port, probe, restart, replication,
                maxDataLoss, requestedState, nodes, stopGrace, policy);
    }

    /** The command as it is executed; throws {@link InvalidGuestSpec} if a placeholder has no value. */
    public List<String> commandWith(Placeholders values) {
        return values.expand("command", command);
    }

    /** The environment as it is set; throws {@link InvalidGuestSpec} if a placeholder has no value. */
    public Map<String, String> environmentWith(Placeholders values) {
        return values.expand("environment", environment);
    }
}
