package dev.holdfast.simulator.mutation;

import dev.holdfast.core.lease.Lease;
import dev.holdfast.core.message.Lapsed;
import java.time.Duration;

/** A lease as the rules have it, taken apart so that a mutation can leave one of its looks out. */
class WrongLease implements Lease {

    private Duration until;
    private Duration length;
    private Duration shorterSince = Duration.ZERO.minusSeconds(1);
    private boolean granted;
    private Lapsed.Reason reason;

    protected final Lapsed.Reason reason() {
        return reason;
    }

    protected boolean isOver(Duration now) {
        return until != null && now.compareTo(until) >= 0;
    }

    /** Whether an acknowledgement that arrives now renews. */
    protected boolean mayRenew(Duration now) {
        look(now);
        return reason == null;
    }

    /** It was noticed that the lease ran out. */
    protected void ranOut() {
        reason = reason == null ? Lapsed.Reason.LEASE_EXPIRED : reason;
    }

    private void look(Duration now) {
        if (isOver(now)) {
            ranOut();
        }
    }

    @Override
    public boolean maySend(Duration now) {
        look(now);
        return reason == null;
    }

    @Override
    public void sent(Duration sentAt, Duration worth) {
        Duration end = sentAt.plus(worth);
        if (until == null) {
            until = end;
        } else if (givesUpWhatIsLonger() && worth.compareTo(length) < 0) {
            shorterSince = sentAt;
            until = end.compareTo(until) < 0 ? end : until;
        }
        length = worth;
    }

    /** Whether a beat that names a shorter lease ends what is longer. */
    protected boolean givesUpWhatIsLonger() {
        return true;
    }

    @Override
    public boolean acknowledged(Duration sentAt, Duration worth, Duration now) {
        if (!mayRenew(now)) {
            return false;
        }
        Duration renewed = sentAt.plus(worth);
        boolean renews = sentAt.compareTo(shorterSince) >= 0 && (until == null || renewed.compareTo(until) > 0);
        until = renews ? renewed : until;
        granted |= now.compareTo(until) < 0;
        return true;
    }

    @Override
    public boolean isHeld(Duration now) {
        look(now);
        return reason == null && granted && now.compareTo(until) < 0;
    }

    @Override
    public boolean mayFeed(Duration now, Duration wd) {
        return isHeld(now) && now.compareTo(until.minus(wd)) < 0;
    }

    @Override
    public void lapse(Lapsed.Reason why) {
        reason = reason == null ? why : reason;
    }

    @Override
    public Lapsed.Reason lapsed(Duration now) {
        look(now);
        return reason;
    }

    @Override
    public boolean wasGranted() {
        return granted;
    }

    @Override
    public Duration left(Duration now) {
        return reason != null || until == null || isOver(now) ? Duration.ZERO : until.minus(now);
    }
}
