package dev.holdfast.core.state;

import dev.holdfast.core.decide.Majority;
import dev.holdfast.core.node.Incarnation;
import java.time.Duration;
import java.util.Map;

/**
 * Log time since a record: the K-th largest, over the current incarnations of voters, of the time between a
 * voter's newest beat and its first one that quotes an own beat acknowledged after that record. No clock is read;
 * a log that stands still lets no time pass.
 *
 * @param since offset on the log; a quote of a greater acknowledged offset was written after it
 * @param quotes per voter its first beat that proves to be later than the record
 */
public record LogTimer(long since, Map<String, Quote> quotes) {

    public LogTimer {
        quotes = Sorted.map(quotes);
    }

    /** The witness clock of one incarnation of a voter at its first beat after the record. */
    public record Quote(Incarnation incarnation, Duration first) {}

    public static LogTimer startingAfter(long offset) {
        return new LogTimer(offset, Map.of());
    }

    /** The timer after a voter's beat; a new incarnation begins that voter's testimony anew. */
    public LogTimer onBeat(String voter, Incarnation incarnation, long ackedOffset, Duration sentAt) {
        Quote quote = quotes.get(voter);
        if (quote != null && quote.incarnation().equals(incarnation)) {
            return this;
        }
        if (ackedOffset > since) {
            return new LogTimer(since, Sorted.with(quotes, voter, new Quote(incarnation, sentAt)));
        }
        return quote == null ? this : new LogTimer(since, Sorted.without(quotes, voter));
    }

    /** Log time that has passed, by the newest beats of these nodes. */
    public Duration elapsed(Map<String, NodeState> nodes) {
        return Majority.provenByWitnesses(quotes.entrySet().stream()
                .filter(entry -> nodes.get(entry.getKey()).isCurrent(entry.getValue().incarnation()))
                .map(entry -> nodes.get(entry.getKey()).sentAt().minus(entry.getValue().first()))
                .toList());
    }

    public boolean hasPassed(Duration wait, Map<String, NodeState> nodes) {
        return wait.isZero() || elapsed(nodes).compareTo(wait) >= 0;
    }
}
