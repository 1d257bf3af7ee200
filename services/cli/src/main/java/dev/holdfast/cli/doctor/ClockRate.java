package dev.holdfast.cli.doctor;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How much faster one clock runs than another, from readings of the one that the other saw some time later. What
 * lies between varies, but is never negative: the quickest readings of the first and of the last third of the time are
 * compared, and how far the others lie apart says how well the result is known.
 *
 * @param error 0.001 if the subject's clock runs 0.1 % fast by the reader's
 * @param uncertainty the true error is within so much of it, as far as can be told
 * @param span the reader's time from the first reading to the last
 */
record ClockRate(double error, double uncertainty, Duration span) {

    private static final int FEWEST_READINGS = 6;

    /**
     * One reading.
     *
     * @param subject the subject's clock when it wrote it down
     * @param reader the reader's clock when it read that
     */
    record Reading(Duration subject, Duration reader) {

        /** How late the reader was, plus a constant, if the subject's clock runs fast by that fraction; nanoseconds. */
        double lateness(double error) {
            return reader.minus(subject).toNanos() + error * reader.toNanos();
        }
    }

    /** @param readings in the order in which they were taken; empty if they are too few to say anything */
    static Optional<ClockRate> of(List<Reading> readings) {
        boolean enough = readings.size() >= FEWEST_READINGS
                && readings.getLast().reader().compareTo(readings.getFirst().reader()) > 0;
        if (!enough) {
            return Optional.empty();
        }
        // Lateness can be told from a wrong rate only once that is roughly known.
        double roughly = compared(readings, 0).error();
        return Optional.of(compared(readings, roughly));
    }

    /** @param known what the rate is taken for to tell which readings were quick */
    private static ClockRate compared(List<Reading> readings, double known) {
        Comparator<Reading> byLateness = Comparator.comparingDouble(reading -> reading.lateness(known));
        int third = readings.size() / 3;
        List<Reading> first = readings.subList(0, third).stream().sorted(byLateness).toList();
        List<Reading> last =
                readings.subList(readings.size() - third, readings.size()).stream().sorted(byLateness).toList();
        Reading from = first.getFirst();
        Reading to = last.getFirst();
        double passed = to.reader().minus(from.reader()).toNanos();
        return new ClockRate(
                to.subject().minus(from.subject()).toNanos() / passed - 1,
                (spread(first, known) + spread(last, known)) / passed,
                readings.getLast().reader().minus(readings.getFirst().reader()));
    }

    /** How much later the median reading was than the quickest. */
    private static double spread(List<Reading> quickestFirst, double known) {
        return quickestFirst.get(quickestFirst.size() / 2).lateness(known) - quickestFirst.getFirst().lateness(known);
    }

    /** The least that it is wrong by, whatever the readings were late by. */
    double atLeast() {
        return Math.max(0, Math.abs(error) - uncertainty);
    }
}
