package dev.holdfast.simulator.world;

import dev.holdfast.core.agent.IncarnationRule.Filed;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.volume.ReplicaFloor;
import java.util.HashMap;
import java.util.Map;

/** What a machine has on its disk: it survives everything but its own deletion. Only what was synced is here. */
final class Disk {

    Filed incarnation;
    Incarnation armed;
    final Map<String, Long> floors = new HashMap<>();
    final Map<String, ReplicaFloor> replicaFloors = new HashMap<>();
    final Map<String, Volume> volumes = new HashMap<>();

    Volume volume(String guest) {
        return volumes.computeIfAbsent(guest, name -> new Volume());
    }
}
