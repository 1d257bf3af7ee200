package dev.holdfast.core.state;

import java.time.Duration;

/**
 * The outage a guest is in, measured in log time since the last proof that it was well.
 *
 * @param since log time since then
 * @param fence what discharged the last runner, for the receipt; null if it was not fenced
 * @param suspected log time at NodeSuspected; null if not reached
 * @param fenced log time at NodeFenced; null if not reached
 * @param promoted log time at PromotionCompleted; null if not reached
 * @param started log time at StartConfirmed; null if not reached
 * @param dataLoss the owner's last beat minus the promoted snapshot; zero for none, null if unknown
 * @param snapshot what was promoted; null if the newest copy itself was started
 */
public record Outage(
        LogTimer since,
        String fence,
        Duration suspected,
        Duration fenced,
        Duration promoted,
        Duration started,
        Duration dataLoss,
        String snapshot) {

    public static Outage beginning(LogTimer since) {
        return new Outage(since, null, null, null, null, null, Duration.ZERO, null);
    }

    Outage withSince(LogTimer timer) {
        return timer == since
                ? this
                : new Outage(timer, fence, suspected, fenced, promoted, started, dataLoss, snapshot);
    }

    Outage atSuspected(Duration elapsed) {
        return new Outage(since, fence, elapsed, fenced, promoted, started, dataLoss, snapshot);
    }

    Outage atFenced(Duration elapsed, String by) {
        return new Outage(since, by, suspected, elapsed, promoted, started, dataLoss, snapshot);
    }

    Outage atPromoted(Duration elapsed, Duration loss, String what) {
        return new Outage(since, fence, suspected, fenced, elapsed, started, loss, what);
    }

    Outage atStarted(Duration elapsed) {
        return new Outage(since, fence, suspected, fenced, promoted, elapsed, dataLoss, snapshot);
    }
}
