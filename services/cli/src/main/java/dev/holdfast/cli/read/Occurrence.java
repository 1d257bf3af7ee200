package dev.holdfast.cli.read;

import dev.holdfast.core.event.Decision;
import dev.holdfast.core.message.OperatorCommand;
import java.time.Instant;

/** A line of the timeline. */
public sealed interface Occurrence {

    /** Wall clock of the broker that took the record, for people. */
    Instant at();

    /** Where it stands on its topic. */
    long offset();

    /** The node or guest it is about, or {@code cluster}. */
    String entity();

    /** One line for people. */
    String summary();

    /** The cluster decided something; from {@code cluster.events}. */
    record Decided(Instant at, long offset, Decision decision) implements Occurrence {
        @Override
        public String entity() {
            return decision.event().entity();
        }

        @Override
        public String summary() {
            return decision.event().summary();
        }
    }

    /** Somebody asked for something; from {@code operator.commands}. */
    record Asked(Instant at, long offset, OperatorCommand command) implements Occurrence {
        @Override
        public String entity() {
            return command.request().target();
        }

        @Override
        public String summary() {
            return command.summary();
        }
    }
}
