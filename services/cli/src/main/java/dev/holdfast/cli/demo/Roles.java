package dev.holdfast.cli.demo;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who holds which role at one moment.
 *
 * @param holders by role the nodes that hold a part of it; none if nobody does, or it could not be read
 */
record Roles(Map<Role, Set<String>> holders) {

    Roles {
        holders = Map.copyOf(holders);
    }

    /** The roles that this node holds alone. */
    List<Role> heldBy(String node) {
        return Arrays.stream(Role.values()).filter(role -> of(role).equals(Set.of(node))).toList();
    }

    /** The roles that this node does not hold alone. */
    List<Role> missing(String node) {
        return Arrays.stream(Role.values()).filter(role -> !of(role).equals(Set.of(node))).toList();
    }

    /** The nodes that hold a part of the role. */
    Set<String> of(Role role) {
        return holders.getOrDefault(role, Set.of());
    }

    /** What this node lacks, and who has it; empty text if it lacks nothing. */
    String missingWords(String node) {
        return missing(node).stream()
                .map(role -> role.words() + " (" + (of(role).isEmpty() ? "nobody" : String.join(" and ", of(role))) + ")")
                .collect(Collectors.joining(", "));
    }
}
