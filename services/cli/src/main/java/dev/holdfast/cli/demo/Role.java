package dev.holdfast.cli.demo;

import java.util.Locale;

/** What a node can be to its cluster. The worst node to lose is all of it. */
public enum Role {
    /** Active controller of Kafka. */
    CONTROLLER("the active controller"),
    /** Runs the guest. */
    GUEST("the guest"),
    /** Leads every topic of ours, the changelog of the decision maker included. */
    TOPICS("the leaders of all topics"),
    /** Leads __consumer_offsets: coordinates all groups. */
    OFFSETS("the leader of __consumer_offsets"),
    /** Leads __transaction_state: coordinates all transactions. */
    TRANSACTIONS("the leader of __transaction_state"),
    /** Decides. */
    QUORUM("the quorum task");

    private final String words;

    Role(String words) {
        this.words = words;
    }

    /** For sentences. */
    public String words() {
        return words;
    }

    /** As in JSON. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
