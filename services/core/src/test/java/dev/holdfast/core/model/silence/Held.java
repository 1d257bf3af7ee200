package dev.holdfast.core.model.silence;

import dev.holdfast.core.lease.ChainedLease;
import dev.holdfast.core.message.Lapsed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@link ChainedLease} as a value: made anew from what it was told, asked one thing, and read back.
 *
 * @param told beats sent and acknowledgements that came in time, oldest first
 * @param until end in ms of a's clock; {@link #NONE} before the first beat
 */
record Held(List<Told> told, int until, boolean granted, boolean lapsed) {

    static final int NONE = -1;
    static final Held NOT_BEGUN = new Held(List.of(), NONE, false, false);
    static final Held OVER = new Held(List.of(), 1, true, true);

    /** @param acknowledged false: sent */
    record Told(boolean acknowledged, int sentAt, int worth) {}

    /** One that ends then, for a mistake that does not ask the product. */
    static Held until(int end) {
        return new Held(List.of(new Told(false, end - 1, 1), new Told(true, end - 1, 1)), end, true, false);
    }

    ChainedLease asLease() {
        ChainedLease lease = new ChainedLease();
        for (Told one : told) {
            if (one.acknowledged) {
                // When does not matter, since it was in time.
                lease.acknowledged(ms(one.sentAt), ms(one.worth), ms(one.sentAt));
            } else {
                lease.sent(ms(one.sentAt), ms(one.worth));
            }
        }
        if (lapsed) {
            lease.lapse(Lapsed.Reason.LEASE_EXPIRED);
        }
        return lease;
    }

    Held sent(Subject.Beat beat) {
        ChainedLease lease = asLease();
        lease.sent(ms(beat.sentAt()), ms(beat.lease()));
        return after(lease, beat.sentAt(), new Told(false, beat.sentAt(), beat.lease()));
    }

    Held acknowledged(Subject.Beat beat, int now) {
        ChainedLease lease = asLease();
        boolean inTime = lease.acknowledged(ms(beat.sentAt()), ms(beat.lease()), ms(now));
        return inTime ? after(lease, now, new Told(true, beat.sentAt(), beat.lease())) : OVER;
    }

    private Held after(ChainedLease lease, int now, Told last) {
        if (lease.lapsed(ms(now)) != null) {
            return OVER;
        }
        List<Told> more = new ArrayList<>(told);
        more.add(last);
        return new Held(List.copyOf(more), now + (int) lease.left(ms(now)).toMillis(), lease.wasGranted(), false);
    }

    static Duration ms(int millis) {
        return Duration.ofMillis(millis);
    }
}
