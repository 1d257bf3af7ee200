package dev.holdfast.core.lease;

import dev.holdfast.core.message.Lapsed;
import java.time.Duration;

/**
 * The lease of one incarnation (rules R2, R3, R5). It is worth what its acknowledged beats are worth, counted from
 * their <em>sending</em>, and once lapsed it stays lapsed.
 *
 * <pre>
 * not begun --first beat sent--> ungranted --ack in time--> granted --ack in time--> granted
 * ungranted, granted --clock reaches the end, or told so--> lapsed (for ever)
 * </pre>
 *
 * Every method takes what the lease-side clock said, read <em>after</em> the event it speaks of. One lock orders
 * acknowledgements, lapse and permission to feed.
 */
public final class Lease {

    private Duration until;
    private boolean granted;
    private Lapsed.Reason lapsed;

    /**
     * Whether a beat may be sent now; the first one may always. Notices a lease that ran out.
     *
     * @param now the lease-side clock
     */
    public synchronized boolean maySend(Duration now) {
        return lapsed == null && (until == null || !runsOutAt(now));
    }

    /** A beat was handed to the log, sent at {@code sentAt} and worth {@code length} once acknowledged. */
    public synchronized void sent(Duration sentAt, Duration length) {
        if (until == null) {
            until = sentAt.plus(length);
        }
    }

    /**
     * The log acknowledged a beat: renews the lease, unless it had run out by the time the clock was read.
     *
     * @param sentAt when that beat was sent
     * @param length what that beat is worth
     * @param now the lease-side clock, read first of all when the acknowledgement arrived
     * @return whether the lease is held
     */
    public synchronized boolean acknowledged(Duration sentAt, Duration length, Duration now) {
        if (lapsed != null || until == null || runsOutAt(now)) {
            return false;
        }
        Duration renewed = sentAt.plus(length);
        until = renewed.compareTo(until) > 0 ? renewed : until;
        granted = true;
        return true;
    }

    /** Whether guests may be started: granted, and not run out. */
    public synchronized boolean isHeld(Duration now) {
        return lapsed == null && granted && !runsOutAt(now);
    }

    /** Whether the guard may be fed: the lease outlives the watchdog that feeding would wind up (rule R5). */
    public synchronized boolean mayFeed(Duration now, Duration wd) {
        return isHeld(now) && now.compareTo(until.minus(wd)) < 0;
    }

    /** Ends the lease for another reason than its clock. The first reason stands. */
    public synchronized void lapse(Lapsed.Reason reason) {
        if (lapsed == null) {
            lapsed = reason;
        }
    }

    /** Why it lapsed; null while it has not. Notices a lease that ran out. */
    public synchronized Lapsed.Reason lapsed(Duration now) {
        if (lapsed == null && until != null) {
            runsOutAt(now);
        }
        return lapsed;
    }

    /** Whether it was ever granted. */
    public synchronized boolean wasGranted() {
        return granted;
    }

    /** What is left; zero if nothing is. */
    public synchronized Duration left(Duration now) {
        boolean none = lapsed != null || until == null || now.compareTo(until) >= 0;
        return none ? Duration.ZERO : until.minus(now);
    }

    private boolean runsOutAt(Duration now) {
        if (now.compareTo(until) >= 0) {
            lapse(Lapsed.Reason.LEASE_EXPIRED);
        }
        return lapsed != null;
    }
}
