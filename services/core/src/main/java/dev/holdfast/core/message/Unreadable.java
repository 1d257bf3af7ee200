package dev.holdfast.core.message;

/** Bytes on one of our topics that are not a message of ours. They are put aside and change nothing. */
public record Unreadable(String reason) implements Message {
    @Override
    public String summary() {
        return "unreadable: " + reason;
    }
}
