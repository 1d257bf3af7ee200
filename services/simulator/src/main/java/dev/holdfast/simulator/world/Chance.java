package dev.holdfast.simulator.world;

import java.util.List;
import java.util.SplittableRandom;

/** Everything that is left to chance, from one seed. */
class Chance {

    static final long MILLI = 1_000_000L;
    static final long SECOND = 1_000 * MILLI;

    private final SplittableRandom random;

    /** Nothing is left to chance: whatever takes time takes the middle of what it may take, and nothing fails. */
    static Chance none() {
        return new Chance(0) {

            @Override
            long between(long low, long high) {
                return low + Math.max(0, high - low) / 2;
            }

            @Override
            int below(int bound) {
                return 0;
            }

            @Override
            boolean oneIn(int times) {
                return false;
            }

            @Override
            double lean() {
                return 0;
            }

            @Override
            <T> T of(List<T> items) {
                return items.getFirst();
            }
        };
    }

    Chance(long seed) {
        // Neighbouring seeds must not give neighbouring runs.
        this.random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + 0x632BE59BD9B4E019L);
    }

    /** At least {@code low}, less than {@code high}. */
    long between(long low, long high) {
        return high <= low ? low : random.nextLong(low, high);
    }

    long millis(long low, long high) {
        return between(low * MILLI, high * MILLI);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    /** From -1 to 1. */
    double lean() {
        return random.nextDouble() * 2 - 1;
    }

    <T> T of(List<T> items) {
        return items.get(random.nextInt(items.size()));
    }

    long seed() {
        return random.nextLong();
    }
}
