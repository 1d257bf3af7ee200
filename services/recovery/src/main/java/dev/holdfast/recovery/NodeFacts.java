package dev.holdfast.recovery;

import dev.holdfast.core.guest.GuestSpec;
import dev.holdfast.core.guest.Placeholders;
import dev.holdfast.core.node.Incarnation;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/**
 * What recovery knows of its node for one incarnation.
 *
 * @param address IPv4 address of the node: that of guests that have none of their own
 * @param machine folder of the floor files
 * @param volumes the live volumes of guests here
 * @param logs folder for the guests' output
 * @param java the java program that runs the node, for guests that ask for it
 * @param holdfastLib folder of Holdfast's jars, for guests that ask for it
 * @param leaseHeld granted and not lapsed
 * @param guardArmed armed for this incarnation
 */
public record NodeFacts(
        String node,
        String address,
        Incarnation incarnation,
        Path machine,
        GuestVolumes volumes,
        Path logs,
        String java,
        Path holdfastLib,
        BooleanSupplier leaseHeld,
        BooleanSupplier guardArmed) {

    /** The same node, which starts guests only while that holds too. */
    NodeFacts onlyWhile(BooleanSupplier open) {
        return new NodeFacts(
                node, address, incarnation, machine, volumes, logs, java, holdfastLib,
                () -> open.getAsBoolean() && leaseHeld.getAsBoolean(), guardArmed);
    }

    Placeholders placeholders(GuestSpec spec, long epoch) {
        return new Placeholders(
                spec.name(), volumes.live(spec.name()).toString(), spec.address() == null ? address : spec.address(),
                spec.port(), node, epoch, java, holdfastLib.toAbsolutePath().toString());
    }
}
