package dev.holdfast.core.model.volume;

import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.volume.ReplicaFloor;
import dev.holdfast.core.volume.ReplicaFloor.Purpose;

/**
 * An order of the decision maker about a volume.
 *
 * @param k incarnation of the node it is for
 * @param minimum the least a promotion may be made from; null for a set aside
 */
record Order(Purpose purpose, int epoch, int node, int k, Snap minimum) {

    ReplicaFloor asked() {
        return new ReplicaFloor(epoch, purpose, new Incarnation(1, k));
    }

    boolean isPromotion() {
        return purpose == Purpose.PROMOTE;
    }

    @Override
    public String toString() {
        return (isPromotion() ? "promote " : "set aside ") + epoch + " on " + Site.name(node) + "/" + k;
    }
}
