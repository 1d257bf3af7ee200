package dev.holdfast.encoding;

import dev.holdfast.encoding.journal.JournalHead;

/** Keys on {@code cluster.state}. Prefixed, because a node and a guest may have the same name. */
public final class StateKey {

    /** Of the ClusterView. */
    public static final String CLUSTER = "cluster";

    /** Of the Progress. */
    public static final String PROGRESS = "progress";

    /** Of the JournalHead. */
    public static final String JOURNAL = "journal";

    private StateKey() {}

    /** Of the state of the node of that name. */
    public static String node(String name) {
        return "node/" + name;
    }

    /** Of the state of the guest of that name; a record without a value under it says that the guest is forgotten. */
    public static String guest(String name) {
        return "guest/" + name;
    }
}
