package dev.holdfast.cli.demo;

import java.util.BitSet;
import java.util.Optional;

/**
 * What a client saw from outside.
 *
 * @param rowsAcknowledged   acknowledged until the check
 * @param rowsLost           acknowledged before the database answered again after the blow, and absent; without a
 *                           blow: acknowledged and absent
 * @param rowsLostLater      acknowledged after that and absent: with one blow it must be 0
 * @param rowsUnacknowledged present though never acknowledged: allowed, the answer was what got lost
 * @param rowsCorrupt        present and not as they were made, at the check or when read before: never allowed
 * @param longestGap         longest time without an answer; empty before the second answer
 * @param gapOfBlow          time without an answer that the blow caused; empty if there was no blow or no loss
 * @param lost               numbers of the rows counted in rowsLost
 * @param firstLostAt        {@link System#nanoTime} at which the first of the lost rows was acknowledged; empty if none
 *                           is lost. Older than the snapshot that was promoted, it breaks the promise
 */
public record LoadReport(int rowsAcknowledged, int rowsLost, int rowsLostLater, int rowsUnacknowledged,
                         int rowsCorrupt, Optional<Gap> longestGap, Optional<Gap> gapOfBlow, BitSet lost,
                         Optional<Long> firstLostAt) {
}
