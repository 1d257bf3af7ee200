package dev.holdfast.encoding.binding;

import java.time.Duration;

/** Units of durations, told by the last two letters of a field's name. */
enum DurationUnit {
    /** Milliseconds: settings. A finer duration is refused, so that what is written is what is meant. */
    Ms {
        @Override
        long count(Duration duration) {
            if (duration.getNano() % 1_000_000 != 0) {
                throw BindingException.of(duration, "must be a whole number of milliseconds");
            }
            return duration.toMillis();
        }

        @Override
        Duration duration(long count) {
            return Duration.ofMillis(count);
        }
    },
    /** Nanoseconds: clock readings, and what is computed from them. */
    Ns {
        @Override
        long count(Duration duration) {
            return duration.toNanos();
        }

        @Override
        Duration duration(long count) {
            return Duration.ofNanos(count);
        }
    };

    abstract long count(Duration duration);

    abstract Duration duration(long count);
}
