package dev.holdfast.core.decide;

import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.NodeState;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;

/** T of rule R6: how long a silence must be proven before nothing of an incarnation can run. */
final class Silence {

    private Silence() {}

    /** By what the incarnation's own beats said, never by the reader's own settings, plus the margin. */
    static Duration untilFenced(ClusterState state, NodeState node) {
        return node.silence().plus(state.settings().timing().margin());
    }

    /** The longest of all nodes known, and of one that is not known and runs the settings in force. */
    static Duration longest(ClusterState state) {
        return Stream.concat(
                        state.nodes().values().stream().map(node -> untilFenced(state, node)),
                        Stream.of(state.settings().timing().silenceUntilFenced()))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }
}
