package dev.holdfast.core.message;

import dev.holdfast.core.event.Position;

/**
 * One record as the decision maker consumed it.
 *
 * @param heartbeatLog whether it stands on the protocol log L
 * @param key the record's key; empty if it had none
 */
public record Input(Position at, boolean heartbeatLog, String key, Message body) {}
