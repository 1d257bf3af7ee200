package dev.holdfast.cli.read;

import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.encoding.Received;
import dev.holdfast.schemas.TopicCatalogue;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The last beat of each node near the end of the heartbeat log, and how old it is by the testimony of the others: no
 * clock is compared with a clock of another node.
 */
public final class LastBeats {

    /** At two beats a second and node this is more than a minute of three nodes. */
    private static final long RECORDS = 600;

    private final Map<String, Beat> newest = new HashMap<>();

    /**
     * A beat on the log.
     *
     * @param offset where it stands
     */
    public record Beat(Heartbeat beat, long offset) {}

    /** Reads the end of the log. */
    public static LastBeats read(ClusterAccess access) {
        LastBeats beats = new LastBeats();
        try (TopicTail tail = access.tail(TopicCatalogue.NODE_HEARTBEATS).fromLast(RECORDS)) {
            tail.readToEnd(received -> {
                if (received instanceof Received.Message message && message.body() instanceof Heartbeat beat) {
                    beats.add(beat, message.origin().offset());
                }
            });
        }
        return beats;
    }

    /** These and no others. */
    public static LastBeats of(List<Beat> newest) {
        LastBeats beats = new LastBeats();
        newest.forEach(each -> beats.add(each.beat(), each.offset()));
        return beats;
    }

    void add(Heartbeat beat, long offset) {
        newest.put(beat.node(), new Beat(beat, offset));
    }

    /** The node's last beat; empty if it has none near the end of the log. */
    public Optional<Beat> of(String node) {
        return Optional.ofNullable(newest.get(node));
    }

    /**
     * How long ago another node read this node's last beat, by that node's own clock and up to its own last beat; the
     * longest of these. Empty if no other node has read it.
     */
    public Optional<Duration> age(String node) {
        Beat subject = newest.get(node);
        if (subject == null) {
            return Optional.empty();
        }
        return newest.values().stream()
                .map(Beat::beat)
                .filter(witness -> !witness.node().equals(node))
                .filter(witness -> sawExactly(witness, node, subject.offset()))
                .map(witness -> witness.sentAt().minus(witness.seen().get(node).seenAt()))
                .max(Duration::compareTo);
    }

    /** How many beats were written after this node's last one; empty if it has none near the end of the log. */
    public Optional<Long> behind(String node) {
        return of(node).map(subject -> newest.values().stream().mapToLong(Beat::offset).max().getAsLong() - subject.offset());
    }

    private static boolean sawExactly(Heartbeat witness, String node, long offset) {
        Heartbeat.Seen seen = witness.seen().get(node);
        return seen != null && seen.offset() == offset;
    }
}
