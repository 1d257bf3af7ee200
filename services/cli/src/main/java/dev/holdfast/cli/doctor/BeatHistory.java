package dev.holdfast.cli.doctor;

import dev.holdfast.cli.read.ClusterAccess;
import dev.holdfast.cli.read.TopicTail;
import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.encoding.Received;
import dev.holdfast.schemas.TopicCatalogue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The newest part of the heartbeat log, in its order: what nodes know of each other and of Kafka. */
final class BeatHistory {

    /** At two beats a second this is a quarter of an hour of three nodes, and read within a second. */
    private static final long RECORDS = 5_400;

    private final List<Heartbeat> beats;
    private final long end;

    private record Life(String node, Incarnation incarnation) {}

    private record Sent(Life life, long seq) {}

    /** @param end offset of the newest of them; -1 if there are none */
    BeatHistory(List<Heartbeat> beats, long end) {
        this.beats = List.copyOf(beats);
        this.end = end;
    }

    static BeatHistory read(ClusterAccess access) {
        List<Heartbeat> beats = new ArrayList<>();
        long[] end = {-1};
        try (TopicTail tail = access.tail(TopicCatalogue.NODE_HEARTBEATS).fromLast(RECORDS)) {
            tail.readToEnd(received -> {
                end[0] = received.origin().offset();
                if (received instanceof Received.Message message && message.body() instanceof Heartbeat beat) {
                    beats.add(beat);
                }
            });
        }
        return new BeatHistory(beats, end[0]);
    }

    /** Offset of the newest record. */
    long end() {
        return end;
    }

    /** The node's newest beat; empty if it has none here. */
    Optional<Heartbeat> newest(String node) {
        return beats.stream().filter(beat -> beat.node().equals(node)).reduce((earlier, later) -> later);
    }

    /** How the clock of a node runs by those of the others, in the present life of both. */
    Map<String, ClockRate> ratesOf(String subject) {
        Map<String, ClockRate> rates = new LinkedHashMap<>();
        Heartbeat newest = newest(subject).orElse(null);
        if (newest == null) {
            return rates;
        }
        Map<Long, Duration> sentAt = new HashMap<>();
        beats.stream()
                .filter(beat -> life(beat).equals(life(newest)))
                .forEach(beat -> sentAt.putIfAbsent(beat.seq(), beat.sentAt()));
        beats.stream().map(Heartbeat::node).distinct().filter(node -> !node.equals(subject)).sorted().forEach(reader ->
                ClockRate.of(readings(life(newest), sentAt, life(newest(reader).orElseThrow())))
                        .ifPresent(rate -> rates.put(reader, rate)));
        return rates;
    }

    private List<ClockRate.Reading> readings(Life subject, Map<Long, Duration> sentAt, Life reader) {
        Map<Long, ClockRate.Reading> bySeq = new LinkedHashMap<>();
        for (Heartbeat beat : beats) {
            Heartbeat.Seen seen = beat.seen().get(subject.node());
            boolean counts = life(beat).equals(reader)
                    && seen != null
                    && seen.incarnation().equals(subject.incarnation())
                    && sentAt.containsKey(seen.seq());
            if (counts) {
                bySeq.putIfAbsent(seen.seq(), new ClockRate.Reading(sentAt.get(seen.seq()), seen.seenAt()));
            }
        }
        return List.copyOf(bySeq.values());
    }

    /**
     * The longest that any node waited for an acknowledgement: the age of its newest acknowledged beat when it sent
     * another one, less the beat that always passes. A wait that ended a lease is not seen to its end.
     */
    Duration longestWait(Duration beatInterval) {
        Map<Sent, Duration> sentAt = new HashMap<>();
        beats.forEach(beat -> sentAt.putIfAbsent(new Sent(life(beat), beat.seq()), beat.sentAt()));
        Duration longest = Duration.ZERO;
        for (Heartbeat beat : beats) {
            Duration acked = sentAt.get(new Sent(life(beat), Math.max(1, beat.ackedSeq())));
            Duration waited = acked == null ? Duration.ZERO : beat.sentAt().minus(acked).minus(beatInterval);
            longest = waited.compareTo(longest) > 0 ? waited : longest;
        }
        return longest;
    }

    /** How much of its own time the node with the most of it has here. */
    Duration span() {
        Map<Life, Duration> begun = new HashMap<>();
        Duration longest = Duration.ZERO;
        for (Heartbeat beat : beats) {
            Duration since = beat.sentAt().minus(begun.computeIfAbsent(life(beat), life -> beat.sentAt()));
            longest = since.compareTo(longest) > 0 ? since : longest;
        }
        return longest;
    }

    private static Life life(Heartbeat beat) {
        return new Life(beat.node(), beat.incarnation());
    }
}
