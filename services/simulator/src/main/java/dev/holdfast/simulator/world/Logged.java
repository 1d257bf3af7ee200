package dev.holdfast.simulator.world;

import dev.holdfast.core.message.Input;

/**
 * A record as it stands on the log.
 *
 * @param appendedAt the world's time
 */
record Logged(Input input, long appendedAt) {}
