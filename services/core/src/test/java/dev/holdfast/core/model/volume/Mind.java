package dev.holdfast.core.model.volume;

import java.util.ArrayList;
import java.util.List;

/**
 * What the decision maker knows of the guest and its volumes: its rules about promotions, told anew and short.
 *
 * @param epochs greatest epoch issued
 * @param phase where the guest is
 * @param outstanding the order or start that is waited for: node, incarnation and epoch
 * @param writer node on which the guest was started last
 * @param nodes per node what it believes
 */
record Mind(int epochs, Phase phase, Order outstanding, int writer, List<Known> nodes) {

    enum Phase {
        IDLE,
        PROMOTING,
        STARTING,
        RUNNING
    }

    /**
     * @param live not fenced
     * @param k its current incarnation
     * @param replica the newest snapshot it is believed to hold; null for none
     * @param told the newest one that it ever said it had stored, as the judge remembers it
     * @param liveCopy whether a live volume is there
     * @param aside epoch and incarnation of the last set aside asked of it; null for none
     */
    record Known(boolean live, int k, Snap replica, Snap told, boolean liveCopy, Order aside) {}

    Mind to(Phase next, Order order) {
        int epoch = order == null ? epochs : Math.max(epochs, order.epoch());
        int last = next == Phase.STARTING ? order.node() : writer;
        return new Mind(epoch, next, order, last, nodes);
    }

    Known node(int node) {
        return nodes.get(node);
    }

    Mind with(int node, Known known) {
        List<Known> next = new ArrayList<>(nodes);
        next.set(node, known);
        return new Mind(epochs, phase, outstanding, writer, List.copyOf(next));
    }

    Mind fenced(int node) {
        Known known = node(node);
        return with(node, new Known(false, known.k, known.replica, known.told, known.liveCopy, known.aside));
    }

    Mind joined(int node, int k) {
        Known known = node(node);
        return with(node, new Known(true, k, known.replica, known.told, known.liveCopy, known.aside));
    }

    Mind withLiveCopy(int node, boolean is) {
        Known known = node(node);
        return with(node, new Known(known.live, known.k, known.replica, known.told, is, null));
    }

    Mind asks(int node, Order aside) {
        Known known = node(node);
        return with(node, new Known(known.live, known.k, known.replica, known.told, known.liveCopy, aside));
    }

    Mind told(int node, Snap replica, Snap snap) {
        Known known = node(node);
        return with(node, new Known(
                known.live, known.k, replica, Snap.newer(snap, known.told), known.liveCopy, known.aside));
    }

    Mind replicaGone(int node) {
        Known known = node(node);
        return with(node, new Known(known.live, known.k, null, known.told, known.liveCopy, known.aside));
    }

    /** The live node with the freshest replica, the first of equals; -1 for none. */
    int freshest() {
        int best = -1;
        for (int node = 0; node < nodes.size(); node++) {
            Known known = node(node);
            boolean better = known.live && known.replica != null
                    && (best < 0 || !Snap.isAtLeast(node(best).replica, known.replica));
            best = better ? node : best;
        }
        return best;
    }
}
