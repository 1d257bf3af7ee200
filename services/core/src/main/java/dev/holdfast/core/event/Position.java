package dev.holdfast.core.event;

/** Where a record stands on the log: every topic has one partition. */
public record Position(String topic, long offset) {

    @Override
    public String toString() {
        return topic + "@" + offset;
    }
}
