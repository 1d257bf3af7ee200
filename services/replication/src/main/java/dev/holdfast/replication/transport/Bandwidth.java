package dev.holdfast.replication.transport;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * A limit that all transfers of a node share, as a token bucket: tokens are bytes, they come at the rate of the limit, and
 * at most a tenth of a second's worth is kept. Whoever takes more than there are is told how long to wait, and those who
 * come later wait behind it. Safe for use by several threads.
 */
public final class Bandwidth {

    private static final long KEPT_NS = Duration.ofMillis(100).toNanos();
    private static final double NS_PER_S = 1e9;

    /** No limit. */
    public static final Bandwidth UNLIMITED = new Bandwidth(OptionalLong.empty(), System::nanoTime);

    private final OptionalLong bytesPerSecond;
    private final LongSupplier nanoTime;
    /** When the tokens for all that was taken so far have come. */
    private long paidUntil;

    Bandwidth(OptionalLong bytesPerSecond, LongSupplier nanoTime) {
        this.bytesPerSecond = bytesPerSecond;
        this.nanoTime = nanoTime;
        this.paidUntil = nanoTime.getAsLong();
    }

    /** @throws BadSetting if it is less than 1 */
    public static Bandwidth of(long bytesPerSecond) {
        BadSetting.require(bytesPerSecond >= 1, "bytesPerSecond", bytesPerSecond, "must be 1 or more, or left out");
        return new Bandwidth(OptionalLong.of(bytesPerSecond), System::nanoTime);
    }

    public boolean isLimited() {
        return bytesPerSecond.isPresent();
    }

    /** Takes tokens for that many bytes. @return how long to wait before they may be sent */
    public synchronized Duration take(int bytes) {
        if (!isLimited()) {
            return Duration.ZERO;
        }
        long now = nanoTime.getAsLong();
        // Compared by difference: the clock may pass from the largest number to the smallest.
        if (now - paidUntil > KEPT_NS) {
            paidUntil = now - KEPT_NS;
        }
        paidUntil += Math.round(bytes * NS_PER_S / bytesPerSecond.getAsLong());
        return Duration.ofNanos(Math.max(0, paidUntil - now));
    }
}
