package dev.holdfast.cli.read;

import dev.holdfast.core.event.Decision;
import dev.holdfast.core.message.OperatorCommand;
import dev.holdfast.encoding.Received;
import dev.holdfast.schemas.TopicCatalogue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What was asked and what was decided. For one thread; to be closed. */
public final class Timeline implements AutoCloseable {

    private final TopicTail tail;

    private Timeline(TopicTail tail) {
        this.tail = tail;
    }

    /** From so many records before the end of each topic. */
    public static Timeline fromLast(ClusterAccess access, long records) {
        return open(access, tail -> tail.fromLast(records));
    }

    /** What happens from now on; the place is fixed when this returns. */
    public static Timeline fromNow(ClusterAccess access) {
        return open(access, TopicTail::fromEnd);
    }

    private static Timeline open(ClusterAccess access, Function<TopicTail, TopicTail> place) {
        TopicTail tail = access.tail(TopicCatalogue.CLUSTER_EVENTS, TopicCatalogue.OPERATOR_COMMANDS);
        try {
            return new Timeline(place.apply(tail));
        } catch (RuntimeException failed) {
            tail.close();
            throw failed;
        }
    }

    /** Everything up to now, decisions in their order and requests among them by the brokers' clocks. */
    public List<Occurrence> readToEnd() {
        List<Occurrence> all = new ArrayList<>();
        tail.readToEnd(received -> occurrence(received).ifPresent(all::add));
        all.sort(Comparator.comparing(Occurrence::at));
        return all;
    }

    /** What came within that time. */
    public List<Occurrence> poll(Duration atMost) {
        return tail.poll(atMost).stream().flatMap(received -> occurrence(received).stream()).toList();
    }

    private static Optional<Occurrence> occurrence(Received received) {
        if (!(received instanceof Received.Message message)) {
            return Optional.empty();
        }
        return switch (message.body()) {
            case Decision decision ->
                Optional.of(new Occurrence.Decided(message.origin().recordedAt(), message.origin().offset(), decision));
            case OperatorCommand command ->
                Optional.of(new Occurrence.Asked(message.origin().recordedAt(), message.origin().offset(), command));
            default -> Optional.empty();
        };
    }

    @Override
    public void close() {
        tail.close();
    }
}
