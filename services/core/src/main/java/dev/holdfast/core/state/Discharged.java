package dev.holdfast.core.state;

import dev.holdfast.core.node.Runner;
import java.time.Duration;

/**
 * A runner that its own node's report discharged.
 *
 * @param at the node's clock when it was true; a later beat that still names the runner contradicts the log
 */
public record Discharged(Runner runner, Duration at) {}
