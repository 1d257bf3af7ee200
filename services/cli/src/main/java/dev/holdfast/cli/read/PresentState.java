package dev.holdfast.cli.read;

import dev.holdfast.core.state.ClusterState;
import java.time.Instant;

/**
 * The state that was published last.
 *
 * @param publishedAt wall clock of the broker that took the newest record, for people
 */
public record PresentState(ClusterState state, Instant publishedAt) {}
