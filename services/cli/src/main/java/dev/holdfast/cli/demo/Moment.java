package dev.holdfast.cli.demo;

import dev.holdfast.cli.local.Pulled;
import dev.holdfast.guard.process.NativeCalls;
import java.time.Duration;
import java.time.Instant;

/**
 * One moment on every clock that is compared with it: all nodes and this process are on one host.
 *
 * @param wall what record timestamps are compared with
 * @param nanoTime {@link System#nanoTime}: what the load client's times are compared with
 * @param witness CLOCK_MONOTONIC_RAW: what the nodes' witness clocks are compared with
 */
record Moment(Instant wall, long nanoTime, Duration witness) {

    static Moment now() {
        return new Moment(Instant.now(), System.nanoTime(),
                Duration.ofNanos(NativeCalls.clockNanos(NativeCalls.CLOCK_MONOTONIC_RAW)));
    }

    /** The moment of a pull, a short while ago. */
    static Moment of(Pulled pulled) {
        long ago = NativeCalls.clockNanos(NativeCalls.CLOCK_BOOTTIME) - pulled.bootNanos();
        Moment now = now();
        return new Moment(pulled.at(), now.nanoTime - ago, now.witness.minusNanos(ago));
    }

    /** Milliseconds from this moment to a record's timestamp. */
    long millisTo(Instant recordedAt) {
        return Duration.between(wall, recordedAt).toMillis();
    }

    /** Milliseconds from this moment to a {@link System#nanoTime}. */
    long millisTo(long otherNanoTime) {
        return Math.floorDiv(otherNanoTime - nanoTime, 1_000_000L);
    }

    /** Milliseconds from this moment to a reading of a witness clock; negative for an earlier one. */
    long millisTo(Duration otherWitness) {
        return otherWitness.minus(witness).toMillis();
    }

    /** The {@link System#nanoTime} that a reading of a witness clock stands for. */
    long nanoTimeOf(Duration otherWitness) {
        return nanoTime + otherWitness.minus(witness).toNanos();
    }
}
