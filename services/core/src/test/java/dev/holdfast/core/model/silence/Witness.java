package dev.holdfast.core.model.silence;

/**
 * The voter b; the voter c does at each moment exactly what b does. A fence needs both to prove T, so what deceives
 * two different witnesses deceives two equal ones. Times are ms of its own clock.
 *
 * <p>Offsets are told apart only by where they stand to the newest beat of a: nothing else is ever asked of them.
 *
 * @param boot its incarnation
 * @param seen which beat of a it read last
 * @param seenAt when
 * @param appended whether its newest own beat on the log stands behind the newest one of a
 * @param acked the same of the newest acknowledgement that reached it
 * @param sentNow it sent one in this tick: no two beats are sent at one moment
 * @param flying its beat on the way to the log; null for none
 */
record Witness(int boot, Seen seen, int seenAt, Own appended, Own acked, boolean sentNow, Beat flying) {

    enum Seen {
        NOTHING,
        AN_OLDER_ONE,
        THE_NEWEST
    }

    enum Own {
        BEFORE,
        BEHIND
    }

    record Beat(int boot, int sentAt, Seen seen, int seenAt, Own acked) {

        private Beat afterBeatOfA() {
            return new Beat(boot, sentAt, older(seen), seenAt, Own.BEFORE);
        }
    }

    static Witness at(int boot) {
        return new Witness(boot, Seen.NOTHING, 0, Own.BEFORE, Own.BEFORE, false, null);
    }

    private static Seen older(Seen seen) {
        return seen == Seen.THE_NEWEST ? Seen.AN_OLDER_ONE : seen;
    }

    /** One more beat of a stands on the log: all that was the newest is not any more. */
    Witness afterBeatOfA() {
        return new Witness(
                boot, older(seen), seenAt, Own.BEFORE, Own.BEFORE, sentNow,
                flying == null ? null : flying.afterBeatOfA());
    }

    Witness afterTick() {
        return new Witness(boot, seen, seenAt, appended, acked, false, flying);
    }

    Witness reads(int now) {
        return new Witness(boot, Seen.THE_NEWEST, now, appended, acked, sentNow, flying);
    }

    Witness sends(int now) {
        return new Witness(boot, seen, seenAt, appended, acked, true, new Beat(boot, now, seen, seenAt, acked));
    }

    Witness isAppended() {
        return new Witness(boot, seen, seenAt, flying.boot == boot ? Own.BEHIND : appended, acked, sentNow, null);
    }

    Witness isAcknowledged() {
        return new Witness(boot, seen, seenAt, appended, appended, sentNow, flying);
    }

    /** A new boot: its clock begins elsewhere, and it knows nothing. What it had sent may still arrive. */
    Witness restarts() {
        return new Witness(boot + 1, Seen.NOTHING, 0, Own.BEFORE, Own.BEFORE, false, flying);
    }
}
