package dev.holdfast.core.model.silence;

import dev.holdfast.core.lease.ChainedLease;
import dev.holdfast.core.message.Lapsed;
import java.time.Duration;

/**
 * A {@link ChainedLease} as a value: put together before each question and read back after it.
 *
 * @param until end in ms of a's clock; {@link #NONE} before the first beat
 */
record Held(int until, boolean granted, boolean lapsed) {

    static final int NONE = -1;
    static final Held NOT_BEGUN = new Held(NONE, false, false);

    ChainedLease asLease() {
        ChainedLease lease = new ChainedLease();
        if (until != NONE) {
            lease.sent(ms(until - 1), ms(1));
        }
        if (granted) {
            lease.acknowledged(ms(until - 1), ms(1), ms(until - 1));
        }
        if (lapsed) {
            lease.lapse(Lapsed.Reason.LEASE_EXPIRED);
        }
        return lease;
    }

    /** What this has become, of which {@code lease} was made before somebody asked it something. */
    Held after(ChainedLease lease, int now) {
        boolean over = lease.lapsed(ms(now)) != null;
        int end = over ? until : now + (int) lease.left(ms(now)).toMillis();
        return new Held(end, lease.wasGranted(), over);
    }

    static Duration ms(int millis) {
        return Duration.ofMillis(millis);
    }
}
