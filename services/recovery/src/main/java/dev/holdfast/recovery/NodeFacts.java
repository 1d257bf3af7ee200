package dev.holdfast.recovery;

import dev.holdfast.core.event.GuestEvent.StartGuest;
import dev.holdfast.core.guest.Placeholders;
import dev.holdfast.core.node.Incarnation;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * What recovery knows of its node for one incarnation.
 *
 * @param machine folder of the floor files
 * @param volumes the live volumes of guests here
 * @param logs folder for the guests' output
 * @param placeholders what stands for what in the commands of a guest that is started here
 * @param leaseHeld granted and not lapsed
 * @param guardArmed armed for this incarnation
 */
public record NodeFacts(
        String node,
        Incarnation incarnation,
        Path machine,
        GuestVolumes volumes,
        Path logs,
        Function<StartGuest, Placeholders> placeholders,
        BooleanSupplier leaseHeld,
        BooleanSupplier guardArmed) {

    /** The same node, which starts guests only while that holds too. */
    NodeFacts onlyWhile(BooleanSupplier open) {
        return new NodeFacts(
                node, incarnation, machine, volumes, logs, placeholders,
                () -> open.getAsBoolean() && leaseHeld.getAsBoolean(), guardArmed);
    }
}
