package dev.holdfast.core.model.silence;

import dev.holdfast.core.message.ClusterSettings;
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
        return lease.sent(beat);
    }

    Held acknowledged(Held lease, Subject.Beat beat, int now) {
        return lease.acknowledged(beat, now);
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

    /** The settings by which the decision maker reckons. */
    ClusterSettings settings(ClusterSettings given) {
        return given;
    }

    /** What the decision maker knows after one more record. */
    ClusterState decide(ClusterState state, Input input) {
        return Readers.real(state, input);
    }
}
