package dev.holdfast.core.model.silence;

import dev.holdfast.core.lease.ChainedLease;
import dev.holdfast.core.message.Input;
import dev.holdfast.core.state.ClusterState;

/** The rules as the product's own code has them; {@link Mistakes} break one each. */
class Rules {

    /** Whether an end of the lease is noticed and remembered. */
    boolean lapseIsForEver() {
        return true;
    }

    boolean maySend(Held lease, int now) {
        return lease.asLease().maySend(Held.ms(now));
    }

    Held sent(Held lease, Subject.Beat beat) {
        ChainedLease asked = lease.asLease();
        asked.sent(Held.ms(beat.sentAt()), Held.ms(beat.lease()));
        return lease.after(asked, beat.sentAt());
    }

    Held acknowledged(Held lease, Subject.Beat beat, int now) {
        ChainedLease asked = lease.asLease();
        asked.acknowledged(Held.ms(beat.sentAt()), Held.ms(beat.lease()), Held.ms(now));
        return lease.after(asked, now);
    }

    boolean mayFeed(Held lease, int now, int wd) {
        return lease.asLease().mayFeed(Held.ms(now), Held.ms(wd));
    }

    boolean isHeld(Held lease, int now) {
        return lease.asLease().isHeld(Held.ms(now));
    }

    /** From when on a watchdog cannot be wound up any more: it has fired, even if the guest dies later. */
    int lastFeeding(int deadline, Setting setting) {
        return deadline;
    }

    /** What the decision maker knows after one more record. */
    ClusterState decide(ClusterState state, Input input) {
        return Readers.real(state, input);
    }
}
