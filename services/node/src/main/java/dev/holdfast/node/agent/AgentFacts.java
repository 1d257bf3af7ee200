package dev.holdfast.node.agent;

import dev.holdfast.core.event.GuestEvent.StartGuest;
import dev.holdfast.core.guest.GuestSpec;
import dev.holdfast.core.guest.Placeholders;
import dev.holdfast.recovery.GuestVolumes;
import java.nio.file.Path;

/**
 * What an agent knows of its machine before it has read anything of the log.
 *
 * @param clusterId Kafka's id of the cluster it is a node of
 * @param node name of the node
 * @param address IPv4 address that the node listens on
 * @param machineId id of the (virtual) machine: the node is bound to it
 * @param bootId id of the present boot of the (virtual) machine
 * @param machine folder of incarnation and floor files
 * @param volumes the live volumes of guests here
 * @param run folder that names the guard's endpoint
 * @param logs folder for the guests' output
 * @param holdfastLib folder of Holdfast's jars
 */
public record AgentFacts(
        String clusterId, String node, String address, String machineId, String bootId, Path machine, GuestVolumes volumes, Path run,
        Path logs, Path holdfastLib) {

    /** What stands for what in the commands of a guest that is started here. */
    public Placeholders placeholders(StartGuest start) {
        GuestSpec spec = start.spec();
        return new Placeholders(
                spec.name(), volumes.live(spec.name()).toString(), spec.address() == null ? address : spec.address(),
                spec.port(), node, start.epoch(), ProcessHandle.current().info().command().orElse("java"),
                holdfastLib.toAbsolutePath().toString());
    }
}
