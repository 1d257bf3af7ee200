package dev.holdfast.core.message;

/** A record without a value: what its key named is to be removed. */
public record Tombstone(String key) implements Message {
    @Override
    public String summary() {
        return key + " removed";
    }
}
