package dev.holdfast.core.lease;

import dev.holdfast.core.message.Lapsed;
import java.time.Duration;

/**
 * The lease of one incarnation (rules R2, R3, R5). Every method takes what the lease-side clock said, read
 * <em>after</em> the event it speaks of.
 */
public interface Lease {

    /**
     * Whether a beat may be sent now; the first one may always. Notices a lease that ran out.
     *
     * @param now the lease-side clock
     */
    boolean maySend(Duration now);

    /**
     * A beat was handed to the log, sent at {@code sentAt} and worth {@code length} once acknowledged. If it is worth
     * less than the one before it, what the earlier ones were worth beyond it is given up here and now: whoever reads
     * this beat alone may rely on it.
     */
    void sent(Duration sentAt, Duration length);

    /**
     * The log acknowledged a beat: renews the lease, unless it had run out by the time the clock was read.
     *
     * @param sentAt when that beat was sent
     * @param length what that beat is worth
     * @param now the lease-side clock, read first of all when the acknowledgement arrived
     * @return whether the lease is held
     */
    boolean acknowledged(Duration sentAt, Duration length, Duration now);

    /** Whether guests may be started: granted, and not run out. */
    boolean isHeld(Duration now);

    /** Whether the guard may be fed: the lease outlives the watchdog that feeding would wind up (rule R5). */
    boolean mayFeed(Duration now, Duration wd);

    /** Ends the lease for another reason than its clock. The first reason stands. */
    void lapse(Lapsed.Reason reason);

    /** Why it lapsed; null while it has not. Notices a lease that ran out. */
    Lapsed.Reason lapsed(Duration now);

    /** Whether it was ever granted. */
    boolean wasGranted();

    /** What is left; zero if nothing is. */
    Duration left(Duration now);
}
