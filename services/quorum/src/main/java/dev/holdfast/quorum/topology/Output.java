package dev.holdfast.quorum.topology;

import dev.holdfast.core.event.Decision;
import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.encoding.DeadLetter;
import dev.holdfast.encoding.StateKey;
import dev.holdfast.encoding.journal.StateEntities;
import dev.holdfast.schemas.Topic;
import dev.holdfast.schemas.TopicCatalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a step puts on one topic.
 *
 * @param records what is written, in order
 */
record Output(Topic topic, Function<Step, List<Outgoing>> records) {

    /**
     * A record to be written.
     *
     * @param key empty for none
     * @param body null removes what the key names
     */
    record Outgoing(String key, Record body) {}

    /** Everything the decision maker writes beside the journal; power fencing has no agents yet, so nothing writes fence.commands. */
    static final List<Output> ALL = List.of(
            new Output(TopicCatalogue.CLUSTER_EVENTS, Output::events),
            new Output(TopicCatalogue.CLUSTER_STATE, Output::view),
            new Output(TopicCatalogue.GUEST_COMMANDS, step -> orders(step, GuestEvent.GuestCommand.class)),
            new Output(TopicCatalogue.REPLICA_COMMANDS, step -> orders(step, GuestEvent.ReplicaCommand.class)),
            new Output(TopicCatalogue.DEAD_LETTERS, Output::deadLetters));

    private static List<Outgoing> events(Step step) {
        return step.turn().decisions().stream()
                .map(decision -> new Outgoing(decision.event().entity(), decision))
                .toList();
    }

    /**
     * The present view is renewed by decisions and by reports, as of a replica; beats alone do not change it, or it
     * would be a second heartbeat log.
     */
    private static List<Outgoing> view(Step step) {
        if (step.turn().decisions().isEmpty() && step.reading().input().heartbeatLog()) {
            return List.of();
        }
        List<Outgoing> changed = new ArrayList<>();
        changed.add(new Outgoing(StateKey.JOURNAL, step.journal().head()));
        for (Map.Entry<String, Record> entity : StateEntities.changed(step.before(), step.turn().state()).entrySet()) {
            changed.add(new Outgoing(entity.getKey(), entity.getValue()));
        }
        return changed;
    }

    private static List<Outgoing> orders(Step step, Class<? extends GuestEvent.GuestOrder> kind) {
        return step.turn().decisions().stream()
                .map(Decision::event)
                .filter(kind::isInstance)
                .map(event -> new Outgoing(event.entity(), (Record) event))
                .toList();
    }

    private static List<Outgoing> deadLetters(Step step) {
        return step.reading().refused().stream()
                .map(refused -> DeadLetter.of("quorum", refused))
                .map(letter -> new Outgoing(letter.letterKey(), letter))
                .toList();
    }
}
