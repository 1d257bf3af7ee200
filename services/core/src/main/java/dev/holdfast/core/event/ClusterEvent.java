package dev.holdfast.core.event;

import dev.holdfast.core.message.ClusterSettings;

/** A decision about the cluster as a whole. */
public sealed interface ClusterEvent extends Event {

    @Override
    default String entity() {
        return "cluster";
    }

    /** New settings are in force. */
    record SettingsApplied(ClusterSettings settings) implements ClusterEvent {
        @Override
        public String summary() {
            return settings.summary();
        }
    }

    /** Settings were refused; the old ones stay in force. */
    record SettingsRefused(long version, String reason) implements ClusterEvent {
        @Override
        public String summary() {
            return "settings v" + version + " refused: " + reason;
        }
    }

    /** The log is in doubt (rule R10): nothing is started until it is sound again. */
    record ClusterFrozen(String reason) implements ClusterEvent {
        @Override
        public String summary() {
            return "cluster frozen: " + reason;
        }
    }

    /** The log is sound again. */
    record ClusterThawed(String reason) implements ClusterEvent {
        @Override
        public String summary() {
            return "cluster thawed: " + reason;
        }
    }

    /** Fewer than a majority of voters are live: nothing is started or moved. */
    record DecisionsSuspended(int live, int voters) implements ClusterEvent {
        @Override
        public String summary() {
            return "decisions suspended: " + live + " of " + voters + " voters live";
        }
    }

    /** A majority of voters is live again. */
    record DecisionsResumed(int live, int voters) implements ClusterEvent {
        @Override
        public String summary() {
            return "decisions resumed: " + live + " of " + voters + " voters live";
        }
    }

    /** The whole cluster was down: a majority of voters has come back on new boots and nobody from before is left. */
    record ColdStartNoticed(String returned) implements ClusterEvent {
        @Override
        public String summary() {
            return "cold start of the whole cluster: back are " + returned;
        }
    }

    /** Nothing of the cold start is waited for any more. */
    record ColdStartEnded(String reason) implements ClusterEvent {
        @Override
        public String summary() {
            return "cold start over: " + reason;
        }
    }

    /** A record could not be used and was put aside as a dead letter; nothing else changed. */
    record RecordRefused(String topic, long offset, String reason) implements ClusterEvent {
        @Override
        public String summary() {
            return topic + "@" + offset + " refused: " + reason;
        }
    }

    /** The answer to an operator's command. */
    record CommandAnswered(String commandId, String target, boolean accepted, String answer) implements ClusterEvent {
        @Override
        public String entity() {
            return target;
        }

        @Override
        public String summary() {
            return (accepted ? "accepted: " : "refused: ") + answer;
        }
    }
}
