package dev.holdfast.core.model;

import java.util.Collection;

/**
 * A small world as the checker sees it: where it can begin, what can happen next, and what must never be.
 *
 * @param <S> a state: immutable, and equal to another one if all that can follow is equal
 */
public interface Model<S> {

    /** Told every step that is possible in a state. */
    interface Steps<S> {

        /** @param words what happens; one of a few constants, so that steps can be counted by them */
        void to(String words, S next);
    }

    Collection<S> beginnings();

    void steps(S state, Steps<S> steps);

    /** What must not be; null if all is well. */
    String violation(S state);

    /** The state in words, for a trace. */
    String describe(S state);
}
