package dev.holdfast.core.lease;

import dev.holdfast.core.message.Lapsed;
import java.time.Duration;

/**
 * A lease that is worth what its acknowledged beats are worth, counted from their <em>sending</em>, and no more than the
 * beat sent last is worth; once lapsed it stays lapsed.
 *
 * <pre>
 * not begun --first beat sent--> ungranted --ack in time--> granted --ack in time--> granted
 * ungranted, granted --clock reaches the end, or told so--> lapsed (for ever)
 * </pre>
 *
 * One lock orders acknowledgements, lapse and permission to feed.
 */
public final class ChainedLease implements Lease {

    private Duration until;
    /** Of the beat sent last. */
    private Duration length;
    /** When the first beat of the present, shorter length was sent: those from before it renew nothing any more. */
    private Duration shorterSince;
    private boolean granted;
    private Lapsed.Reason lapsed;

    @Override
    public synchronized boolean maySend(Duration now) {
        return lapsed == null && (until == null || !runsOutAt(now));
    }

    @Override
    public synchronized void sent(Duration sentAt, Duration worth) {
        Duration end = sentAt.plus(worth);
        if (until == null) {
            until = end;
        } else if (worth.compareTo(length) < 0) {
            shorterSince = sentAt;
            until = end.compareTo(until) < 0 ? end : until;
        }
        length = worth;
    }

    @Override
    public synchronized boolean acknowledged(Duration sentAt, Duration worth, Duration now) {
        if (lapsed != null || until == null || runsOutAt(now)) {
            return false;
        }
        Duration renewed = sentAt.plus(worth);
        boolean givenUp = shorterSince != null && sentAt.compareTo(shorterSince) < 0;
        until = !givenUp && renewed.compareTo(until) > 0 ? renewed : until;
        granted = true;
        return true;
    }

    @Override
    public synchronized boolean isHeld(Duration now) {
        return lapsed == null && granted && !runsOutAt(now);
    }

    @Override
    public synchronized boolean mayFeed(Duration now, Duration wd) {
        return isHeld(now) && now.compareTo(until.minus(wd)) < 0;
    }

    @Override
    public synchronized void lapse(Lapsed.Reason reason) {
        if (lapsed == null) {
            lapsed = reason;
        }
    }

    @Override
    public synchronized Lapsed.Reason lapsed(Duration now) {
        if (lapsed == null && until != null) {
            runsOutAt(now);
        }
        return lapsed;
    }

    @Override
    public synchronized boolean wasGranted() {
        return granted;
    }

    @Override
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
