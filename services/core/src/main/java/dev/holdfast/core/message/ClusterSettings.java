package dev.holdfast.core.message;

import dev.holdfast.core.guest.DurationText;
import dev.holdfast.core.node.Timing;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The cluster's settings, one versioned record on {@code cluster.settings} under the key {@code cluster}.
 *
 * @param version 1 at init, one more with each change
 * @param heartbeatTopicId Kafka's id of the heartbeat topic: a topic made anew is another log
 * @param voters names of the nodes whose beats count as testimony: 3, 5 or 7, fixed at init
 * @param coldStartWait log time to wait for the last writer of a guest after the whole cluster was down
 * @param suspectRounds beats that each of K witnesses must have sent on a moving log before a node is suspect
 */
public record ClusterSettings(
        long version,
        String clusterId,
        String heartbeatTopicId,
        List<String> voters,
        Timing timing,
        Duration coldStartWait,
        int suspectRounds,
        String who,
        String why)
        implements Message {

    public static final Duration COLD_START_WAIT = Duration.ofSeconds(180);
    public static final int SUSPECT_ROUNDS = 3;

    public ClusterSettings {
        voters = List.copyOf(voters);
        if (voters.size() % 2 == 0 || voters.size() < 3 || voters.size() > 7) {
            throw new IllegalArgumentException(
                    "voters is " + voters + "; it must name 3, 5 or 7 nodes, so that a majority is unambiguous");
        }
        if (Set.copyOf(voters).size() != voters.size()) {
            throw new IllegalArgumentException("voters is " + voters + "; it must name each node once");
        }
        if (coldStartWait.isNegative()) {
            throw new IllegalArgumentException("coldStartWait is " + coldStartWait + "; it must not be negative");
        }
        if (suspectRounds < 1) {
            throw new IllegalArgumentException("suspectRounds is " + suspectRounds + "; it must be 1 or more");
        }
    }

    /**
     * What somebody asks for who has looked at that version: all as it is here, but for the timing.
     *
     * @param base the version looked at; usually this one
     */
    public ClusterSettings next(long base, Timing other, String by, String reason) {
        return new ClusterSettings(
                base + 1, clusterId, heartbeatTopicId, voters, other, coldStartWait, suspectRounds, by, reason);
    }

    /** These with another timing, as if they had always had it. */
    public ClusterSettings with(Timing other) {
        return new ClusterSettings(
                version, clusterId, heartbeatTopicId, voters, other, coldStartWait, suspectRounds, who, why);
    }

    @Override
    public String summary() {
        return "settings v" + version + " by " + who + ": profile " + timing.profile() + ", fenced after "
                + DurationText.of(timing.silenceUntilFenced()) + ", voters " + String.join(", ", voters)
                + (why.isBlank() ? "" : " (" + why + ")");
    }
}
