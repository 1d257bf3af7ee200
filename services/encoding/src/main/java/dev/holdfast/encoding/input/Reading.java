package dev.holdfast.encoding.input;

import dev.holdfast.core.message.Input;
import dev.holdfast.encoding.Received;
import java.util.Optional;

/**
 * What a consumed record was taken for.
 *
 * @param input what the decision maker gets; its body is {@code Unreadable} if the record was refused
 * @param refused the record to be put aside, with the reason; empty if it was understood
 */
public record Reading(Input input, Optional<Received.Undecodable> refused) {}
