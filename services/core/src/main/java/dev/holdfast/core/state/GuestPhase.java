package dev.holdfast.core.state;

import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.node.Runner;

/**
 * Where a guest stands in its way to an answering service.
 *
 * <pre>
 * Idle --PromoteReplica--> Promoting --PromotionCompleted--> Promoted --StartGuest--> Starting
 * Idle --StartGuest (last writer in place, or a new guest)--> Starting --StartConfirmed--> Running
 * Running --StopGuest--> Stopping --RunnerDischarged--> Idle
 * Idle --ReplicateFinal (a move)--> Handing --PromoteReplica--> Promoting
 * Promoting, Promoted, Handing --AttemptVoid--> Idle;  Starting, Running, Stopping --RunnerDischarged--> Idle
 * any --GuestErrored--> Errored --ErrorCleared--> Idle;  Stopping --GuestErrored--> Errored --RunnerDischarged--> Idle
 * </pre>
 */
public sealed interface GuestPhase {

    /** Nothing of it is under way. */
    record Idle() implements GuestPhase {}

    /** A replica is being made the live volume. */
    record Promoting(long epoch, String node, Incarnation incarnation) implements GuestPhase {}

    /** The replica is the live volume; the start follows in the same step unless something forbids it. */
    record Promoted(long epoch, String node, Incarnation incarnation) implements GuestPhase {}

    /** A start was commanded and not yet answered. */
    record Starting(Runner runner) implements GuestPhase {}

    /**
     * Started.
     *
     * @param answering whether its probe says so
     * @param since runs since that much log time
     */
    record Running(Runner runner, boolean answering, LogTimer since) implements GuestPhase {}

    /**
     * A stop was commanded and not yet answered.
     *
     * @param failing because it does not answer
     */
    record Stopping(Runner runner, boolean failing) implements GuestPhase {}

    /**
     * Stopped for a move: the last increment of the stopped volume is on its way.
     *
     * @param source the node whose live volume is the newest
     */
    record Handing(
            long epoch, String source, Incarnation sourceIncarnation, String target, Incarnation targetIncarnation)
            implements GuestPhase {}

    /**
     * Given up until a person clears it.
     *
     * @param stuck what did not end when it was told to; the error is over with it. Null if only a person ends it
     */
    record Errored(String reason, Runner stuck) implements GuestPhase {}
}
