package dev.holdfast.core.message;

import dev.holdfast.core.guest.DurationText;
import dev.holdfast.core.node.NonVoter;
import dev.holdfast.core.node.Timing;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The cluster's settings, one versioned record on {@code cluster.settings} under the key {@code cluster}.
 *
 * @param version 1 at init, one more with each change
 * @param heartbeatTopicId Kafka's id of the heartbeat topic: a topic made anew is another log
 * @param voters names of the nodes whose beats count as testimony: 3, 5 or 7, fixed at init
 * @param nonVoters nodes that were added since, in the order of their ids
 * @param coldStartWait log time to wait for the last writer of a guest after the whole cluster was down
 * @param suspectRounds beats that each of K witnesses must have sent on a moving log before a node is suspect
 */
public record ClusterSettings(
        long version,
        String clusterId,
        String heartbeatTopicId,
        List<String> voters,
        List<NonVoter> nonVoters,
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
        nonVoters = List.copyOf(nonVoters);
        int before = voters.size();
        for (NonVoter added : nonVoters) {
            if (added.id() <= before) {
                throw new IllegalArgumentException("nonVoters is " + nonVoters + "; their ids must grow, after the "
                        + voters.size() + " of the voters");
            }
            before = added.id();
        }
        Set<String> names = new HashSet<>(voters);
        if (!nonVoters.stream().map(NonVoter::name).allMatch(names::add)) {
            throw new IllegalArgumentException("nonVoters is " + nonVoters + "; it must name each node once, and no voter");
        }
        if (coldStartWait.isNegative()) {
            throw new IllegalArgumentException("coldStartWait is " + coldStartWait + "; it must not be negative");
        }
        if (suspectRounds < 1) {
            throw new IllegalArgumentException("suspectRounds is " + suspectRounds + "; it must be 1 or more");
        }
    }

    /** Those of a cluster to which no node was added. */
    public ClusterSettings(
            long version, String clusterId, String heartbeatTopicId, List<String> voters, Timing timing,
            Duration coldStartWait, int suspectRounds, String who, String why) {
        this(version, clusterId, heartbeatTopicId, voters, List.of(), timing, coldStartWait, suspectRounds, who, why);
    }

    /** Names of all nodes: the voters, then the others. */
    public List<String> nodes() {
        return Stream.concat(voters.stream(), nonVoters.stream().map(NonVoter::name)).toList();
    }

    /** The one of that name; empty if there is none, be it that it is a voter. */
    public Optional<NonVoter> nonVoter(String name) {
        return nonVoters.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /**
     * What somebody asks for who has looked at that version: all as it is here, but for the timing.
     *
     * @param base the version looked at; usually this one
     */
    public ClusterSettings next(long base, Timing other, String by, String reason) {
        return new ClusterSettings(
                base + 1, clusterId, heartbeatTopicId, voters, nonVoters, other, coldStartWait, suspectRounds, by, reason);
    }

    /** What somebody asks for who has looked at this: all as it is, but for the nodes that do not vote. */
    public ClusterSettings next(List<NonVoter> others, String by, String reason) {
        return new ClusterSettings(
                version + 1, clusterId, heartbeatTopicId, voters, others, timing, coldStartWait, suspectRounds, by, reason);
    }

    /** These with another timing, as if they had always had it. */
    public ClusterSettings with(Timing other) {
        return new ClusterSettings(
                version, clusterId, heartbeatTopicId, voters, nonVoters, other, coldStartWait, suspectRounds, who, why);
    }

    @Override
    public String summary() {
        return "settings v" + version + " by " + who + ": profile " + timing.profile() + ", fenced after "
                + DurationText.of(timing.silenceUntilFenced()) + ", voters " + String.join(", ", voters)
                + (nonVoters.isEmpty() ? "" : ", other nodes "
                        + nonVoters.stream().map(NonVoter::name).collect(Collectors.joining(", ")))
                + (why.isBlank() ? "" : " (" + why + ")");
    }
}
