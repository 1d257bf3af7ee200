package dev.holdfast.core.agent;

import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.node.Incarnation;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The newest beat of every other voter that this node has read, and when: what it testifies (rule R6). */
public final class SeenBeats {

    private final Map<String, Heartbeat.Seen> byVoter = new ConcurrentHashMap<>();

    /**
     * A beat was read.
     *
     * @param seenAt the witness clock, read after the record was there
     */
    public void read(Heartbeat beat, long offset, Duration seenAt) {
        byVoter.put(beat.node(), new Heartbeat.Seen(beat.incarnation(), beat.seq(), offset, seenAt));
    }

    /** The incarnation of the newest beat read; empty if none was. */
    public Optional<Incarnation> incarnation(String voter) {
        return Optional.ofNullable(byVoter.get(voter)).map(Heartbeat.Seen::incarnation);
    }

    /** A copy of what was read up to now. */
    public Map<String, Heartbeat.Seen> now() {
        return Map.copyOf(byVoter);
    }
}
