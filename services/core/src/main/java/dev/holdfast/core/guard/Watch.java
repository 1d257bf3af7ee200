package dev.holdfast.core.guard;

import dev.holdfast.core.node.Incarnation;
import java.time.Duration;

/**
 * The watchdog itself, without clock or processes: what may be armed, fed and started (rule R5).
 *
 * <pre>
 * state    | arm (newer)  | feed (in time) | deadline, give up, closed | disarm   | start
 * Unarmed  | Armed        | NOT_ARMED      | -                         | NOT_ARMED| NOT_ARMED
 * Armed    | ALREADY_ARMED| Armed, later   | Expired                   | Unarmed  | allowed
 * Expired  | Armed        | EXPIRED        | -                         | EXPIRED  | EXPIRED
 * </pre>
 *
 * Times are those of one lease clock.
 */
public sealed interface Watch {

    Duration SHORTEST_WD = Duration.ofMillis(100);
    Duration LONGEST_WD = Duration.ofSeconds(60);
    /** How many WD recovery may be silent before its node may not keep its guests any longer. */
    int CHECK_IN_WITHIN_WD = 3;

    /** The newest incarnation that was ever armed on this machine, null if none was. */
    Incarnation newest();

    /** Why this incarnation may not start a guest now; null if it may. */
    Step.Denied startDenied(Incarnation incarnation, Duration now);

    /** Feeds, if exactly this incarnation is armed and more than {@code wd} is left of its lease. */
    Step feed(Incarnation incarnation, Duration left, Duration wd, Duration now);

    Step checkIn(Incarnation incarnation, Duration now);

    /** Arms a newer incarnation; whether processes are still alive is for the caller to look at. */
    default Step arm(Incarnation incarnation, Duration left, Duration wd, Duration now) {
        if (newest() != null && !incarnation.isNewerThan(newest())) {
            return new Step.Denied(
                    Refusal.NOT_NEWER, "incarnation " + incarnation + " is not newer than " + newest());
        }
        Step.Denied denied = outOfRange(left, wd);
        return denied != null ? denied : new Step.To(Armed.fed(incarnation, left, wd, now, now));
    }

    private static Step.Denied outOfRange(Duration left, Duration wd) {
        if (wd.compareTo(SHORTEST_WD) < 0 || wd.compareTo(LONGEST_WD) > 0) {
            return new Step.Denied(
                    Refusal.INVALID, "wd: " + wd + " is not within " + SHORTEST_WD + " to " + LONGEST_WD);
        }
        if (left.compareTo(wd) <= 0) {
            return new Step.Denied(
                    Refusal.LEASE_TOO_SHORT, "the lease ends in " + left + ", which is not more than WD " + wd);
        }
        return null;
    }

    /** Nothing is guarded. */
    record Unarmed(Incarnation newest) implements Watch {

        @Override
        public Step.Denied startDenied(Incarnation incarnation, Duration now) {
            return notArmed();
        }

        @Override
        public Step feed(Incarnation incarnation, Duration left, Duration wd, Duration now) {
            return notArmed();
        }

        @Override
        public Step checkIn(Incarnation incarnation, Duration now) {
            return notArmed();
        }

        private static Step.Denied notArmed() {
            return new Step.Denied(Refusal.NOT_ARMED, "nothing is armed");
        }
    }

    /**
     * Guarding.
     *
     * @param deadline when everything is killed unless fed before
     * @param checkedIn when recovery was last heard of
     */
    record Armed(Incarnation incarnation, Duration wd, Duration deadline, Duration checkedIn) implements Watch {

        static Armed fed(
                Incarnation incarnation, Duration left, Duration wd, Duration checkedIn, Duration now) {
            Duration shorter = left.compareTo(wd) < 0 ? left : wd;
            return new Armed(incarnation, wd, now.plus(shorter), checkedIn);
        }

        @Override
        public Incarnation newest() {
            return incarnation;
        }

        public boolean isOver(Duration now) {
            return now.compareTo(deadline) >= 0;
        }

        @Override
        public Step arm(Incarnation newer, Duration left, Duration newWd, Duration now) {
            return new Step.Denied(Refusal.ALREADY_ARMED, "incarnation " + incarnation + " is armed");
        }

        @Override
        public Step feed(Incarnation other, Duration left, Duration newWd, Duration now) {
            Step.Denied denied = startDenied(other, now);
            if (denied == null) {
                denied = outOfRange(left, newWd);
            }
            if (denied != null) {
                return denied;
            }
            Duration silence = now.minus(checkedIn);
            if (silence.compareTo(newWd.multipliedBy(CHECK_IN_WITHIN_WD)) > 0) {
                return new Step.Denied(Refusal.RECOVERY_SILENT, "recovery has not checked in for " + silence);
            }
            return new Step.To(fed(incarnation, left, newWd, checkedIn, now));
        }

        @Override
        public Step checkIn(Incarnation other, Duration now) {
            Step.Denied denied = startDenied(other, now);
            return denied != null ? denied : new Step.To(new Armed(incarnation, wd, deadline, now));
        }

        @Override
        public Step.Denied startDenied(Incarnation other, Duration now) {
            if (isOver(now)) {
                return new Step.Denied(Refusal.EXPIRED, "incarnation " + incarnation + " was not fed in time");
            }
            if (!incarnation.equals(other)) {
                return new Step.Denied(Refusal.OTHER_INCARNATION, "armed is " + incarnation + ", not " + other);
            }
            return null;
        }

        public Expired expire(Lapse cause, String detail, Duration now) {
            return new Expired(incarnation, cause, detail, now, false);
        }
    }

    /**
     * Latched until a newer incarnation arms.
     *
     * @param at when
     * @param acknowledged whether the services have said that they noticed
     */
    record Expired(Incarnation incarnation, Lapse cause, String detail, Duration at, boolean acknowledged)
            implements Watch {

        @Override
        public Incarnation newest() {
            return incarnation;
        }

        public Expired acknowledge() {
            return new Expired(incarnation, cause, detail, at, true);
        }

        @Override
        public Step.Denied startDenied(Incarnation other, Duration now) {
            return expired();
        }

        @Override
        public Step feed(Incarnation other, Duration left, Duration wd, Duration now) {
            return expired();
        }

        @Override
        public Step checkIn(Incarnation other, Duration now) {
            return expired();
        }

        private Step.Denied expired() {
            return new Step.Denied(
                    Refusal.EXPIRED, "incarnation " + incarnation + " expired (" + cause + "): " + detail);
        }
    }

    /** What comes of a request. */
    sealed interface Step {

        record To(Watch next) implements Step {}

        record Denied(Refusal reason, String detail) implements Step {}
    }
}
