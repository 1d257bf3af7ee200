package dev.holdfast.core.message;

/** What a topic of Holdfast carries. Every message can say itself in one line. */
public interface Message {

    /** One line for people: what a Kafka UI shows first. Derived, never stored in the record itself. */
    String summary();
}
