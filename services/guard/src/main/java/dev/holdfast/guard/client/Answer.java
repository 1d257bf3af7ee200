package dev.holdfast.guard.client;

import dev.holdfast.core.guard.Refusal;
import java.util.Optional;

/**
 * What came of a request: either it was done, or it was not and there is a reason.
 *
 * @param <T> what a done request returns
 */
public sealed interface Answer<T> {

    /** Done. */
    record Given<T>(T value) implements Answer<T> {}

    /** Not done; {@code detail} is one sentence for people. For NO_ANSWER and CONNECTION_LOST: unknown. */
    record Refused<T>(Refusal reason, String detail) implements Answer<T> {}

    default boolean isGiven() {
        return this instanceof Given;
    }

    /** The reason, if it was refused. */
    default Optional<Refusal> refusal() {
        return this instanceof Refused<T> refused ? Optional.of(refused.reason()) : Optional.empty();
    }

    /**
     * The value of a request that must have been done.
     *
     * @throws IllegalStateException if it was refused
     */
    default T orThrow() {
        return switch (this) {
            case Given<T> given -> given.value();
            case Refused<T> refused -> throw new IllegalStateException(refused.reason() + ": " + refused.detail());
        };
    }
}
