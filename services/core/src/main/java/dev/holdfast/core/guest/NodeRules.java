package dev.holdfast.core.guest;

import java.util.List;

/**
 * Where a guest may run. Whether the nodes exist is the cluster's to say, not the spec's.
 *
 * @param allowed   only these nodes; empty means all
 * @param preferred tried first, in this order; empty means no preference; each must be allowed
 * @param failback  whether a running guest moves to a preferred node that has come back; a short outage each time
 * @param leaveUnfitPool whether a running guest moves off a node whose pool is full or faulted, if another can take
 *     it; a short outage each time
 */
public record NodeRules(List<String> allowed, List<String> preferred, boolean failback, boolean leaveUnfitPool) {

    /** Anywhere, without preference. */
    public static final NodeRules ANY = new NodeRules(List.of(), List.of(), false, true);

    private static final int MOST = 64;

    public NodeRules {
        Checks checks = new Checks().given("allowed", allowed).given("preferred", preferred);
        checks.refuseIfAny();
        checkNames(checks, "allowed", allowed);
        checkNames(checks, "preferred", preferred);
        for (String node : preferred) {
            checks.that(allowed.isEmpty() || allowed.contains(node), "preferred", node,
                    "must also be in allowed %s, or allowed must be empty".formatted(allowed));
        }
        checks.refuseIfAny();
        allowed = List.copyOf(allowed);
        preferred = List.copyOf(preferred);
    }

    /** Whether the guest may run on the node. */
    public boolean allows(String node) {
        return allowed.isEmpty() || allowed.contains(node);
    }

    private static void checkNames(Checks checks, String field, List<String> nodes) {
        checks.that(nodes.size() <= MOST, field, nodes.size() + " nodes", "must name at most %d nodes".formatted(MOST));
        checks.that(nodes.stream().distinct().count() == nodes.size(), field, nodes.toString(),
                "must name each node once");
        for (int i = 0; i < nodes.size(); i++) {
            checks.name("%s[%d]".formatted(field, i), nodes.get(i));
        }
    }
}
