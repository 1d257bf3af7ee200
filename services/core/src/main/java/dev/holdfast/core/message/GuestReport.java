package dev.holdfast.core.message;

import dev.holdfast.core.node.Incarnation;
import java.time.Duration;

/** What recovery reports of a guest on its node, on {@code guest.reports} under the guest's name. */
public sealed interface GuestReport extends Message {

    String guest();

    long epoch();

    String node();

    Incarnation incarnation();

    /** The node's witness clock when what is reported was so. */
    Duration at();

    /** The guest's process was started; whether it answers is another report. */
    record GuestStarted(String guest, long epoch, String node, Incarnation incarnation, Duration at, long pid)
            implements GuestReport {
        @Override
        public String summary() {
            return guest + " started on " + node + " under epoch " + epoch;
        }
    }

    /**
     * The guest is dead under this epoch, verified, and the epoch can never start it again.
     *
     * @param asked true after a StopGuest, false if the guest ended by itself
     */
    record GuestStopped(
            String guest, long epoch, String node, Incarnation incarnation, Duration at, boolean asked, String detail)
            implements GuestReport {
        @Override
        public String summary() {
            return guest + (asked ? " stopped on " : " ended by itself on ") + node + " under epoch " + epoch + ": "
                    + detail;
        }
    }

    /**
     * The start was refused or failed; nothing of it runs, and the epoch can never start it.
     *
     * @param refused true if the node would not even try, as without a lease; false if the guest would not start
     * @param noVolume true if the start needed the guest's live volume, and this node's storage holds none
     */
    record StartFailed(
            String guest, long epoch, String node, Incarnation incarnation, Duration at, boolean refused,
            boolean noVolume, String reason)
            implements GuestReport {
        @Override
        public String summary() {
            return guest + " did not start on " + node + " under epoch " + epoch + ": " + reason;
        }
    }

    /** The guest was told to stop, and killed, and is not known to be dead: it counts as running. */
    record StopFailed(String guest, long epoch, String node, Incarnation incarnation, Duration at, String reason)
            implements GuestReport {
        @Override
        public String summary() {
            return guest + " does not end on " + node + " under epoch " + epoch + ": " + reason;
        }
    }

    /**
     * What the guest's probe says, filed when it changes.
     *
     * @param answering whether the guest's service answers
     */
    record GuestHealth(
            String guest, long epoch, String node, Incarnation incarnation, Duration at, boolean answering, String detail)
            implements GuestReport {
        @Override
        public String summary() {
            return guest + (answering ? " answers on " : " does not answer on ") + node + ": " + detail;
        }
    }
}
