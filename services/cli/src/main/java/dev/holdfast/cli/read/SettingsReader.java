package dev.holdfast.cli.read;

import dev.holdfast.cli.Failure;
import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.NodeState;
import dev.holdfast.encoding.Received;
import dev.holdfast.schemas.TopicCatalogue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The settings in force, and who runs them. */
public final class SettingsReader {

    private final ClusterAccess access;

    public SettingsReader(ClusterAccess access) {
        this.access = access;
    }

    /** @throws Failure if there are none yet */
    public ClusterSettings inForce() {
        return state().settings();
    }

    private ClusterState state() {
        return new StateReader(access).read()
                .map(PresentState::state)
                .filter(state -> state.settings() != null)
                .orElseThrow(() -> Failure.noAnswer("no settings are in force yet: the cluster is still starting. Try "
                        + "again in a few seconds"));
    }

    /** When that version was asked for, by the broker's wall clock; empty if its record is no longer there. */
    public Optional<Instant> writtenAt(ClusterSettings settings) {
        Instant[] at = {null};
        try (TopicTail tail = access.tail(TopicCatalogue.CLUSTER_SETTINGS).fromBeginning()) {
            tail.readToEnd(received -> {
                if (received instanceof Received.Message message && settings.equals(message.body())) {
                    at[0] = message.origin().recordedAt();
                }
            });
        }
        return Optional.ofNullable(at[0]);
    }

    /** Live nodes whose last beat does not name that version. */
    public List<String> notYet(long version) {
        LastBeats beats = LastBeats.read(access);
        return state().nodes().values().stream()
                .filter(NodeState::isLive)
                .map(NodeState::name)
                .filter(node -> beats.of(node).map(beat -> beat.beat().settingsVersion() != version).orElse(true))
                .toList();
    }
}
