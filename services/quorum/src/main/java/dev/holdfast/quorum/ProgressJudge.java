package dev.holdfast.quorum;

import java.time.Duration;

/**
 * Whether the decision maker is stuck: the heartbeat log moves and nothing is committed. Looks at what comes out,
 * not at what Kafka Streams says of itself, which has been seen to claim RUNNING for half a minute of nothing. Time in
 * which the log stands still does not count. Not for use by several threads.
 */
final class ProgressJudge {

    /** An active task commits every {@link QuorumSettings#COMMIT_INTERVAL}, and its first time within seconds. */
    static final Duration ACTIVE_LIMIT = Duration.ofSeconds(4);

    /** Longer than any takeover, so that nobody gives up just before its turn. */
    static final Duration STANDBY_LIMIT = Duration.ofSeconds(15);

    private static final int MOST_DOUBLINGS = 3;

    /**
     * What can be seen of the decision maker at one moment.
     *
     * @param now any clock that does not go backwards
     * @param logEnd end of the heartbeat log
     * @param committed end of what is committed of the journal
     * @param active whether the task is here
     * @param restored records restored here so far
     */
    record Sighting(Duration now, long logEnd, long committed, boolean active, long restored) {}

    private final int patience;
    private Sighting last;
    private Duration stuckFor = Duration.ZERO;

    /**
     * @param givenUp clients given up in a row before this one: each doubles the limits, since a machine that is only
     *     slow would never get anywhere by starting again and again
     */
    ProgressJudge(int givenUp) {
        this.patience = 1 << Math.min(givenUp, MOST_DOUBLINGS);
    }

    /** Whether this client should be given up. */
    boolean isStuck(Sighting sighting) {
        boolean moved = last == null || sighting.committed() != last.committed()
                || sighting.restored() != last.restored() || sighting.active() != last.active();
        if (moved) {
            stuckFor = Duration.ZERO;
        } else if (sighting.logEnd() > last.logEnd()) {
            stuckFor = stuckFor.plus(sighting.now().minus(last.now()));
        }
        last = sighting;
        Duration limit = sighting.active() ? ACTIVE_LIMIT : STANDBY_LIMIT;
        return stuckFor.compareTo(limit.multipliedBy(patience)) > 0;
    }

    /** How long the log has moved while nothing came out. */
    Duration stuckFor() {
        return stuckFor;
    }
}
