package dev.holdfast.encoding;

import java.util.Optional;

/** A record as it was read. Whatever stands on a topic is one of these; reading never throws for it. */
public sealed interface Received {

    Origin origin();

    /**
     * One of our records.
     *
     * @param key empty if it had none
     * @param summary the line that was written with it
     * @param event its CloudEvents headers; empty if they are missing or cannot be read, which makes it no less valid
     */
    record Message(Origin origin, String key, String summary, Record body, Optional<CloudEvent> event)
            implements Received {}

    /** A record without a value: what the key names is to be removed. */
    record Removal(Origin origin, String key) implements Received {}

    /**
     * Foreign bytes, or a record of a newer release: to be put aside, see {@link DeadLetter}.
     *
     * @param field {@code key}, {@code value}, {@code schema id} or the path of a field, {@code body.seen[b].offset}
     * @param excerpt what was found there, shortened; empty if the reason says it
     * @param reason what is wrong, and what was expected
     * @param rawKey the key as it stands; null if there is none
     * @param rawValue the value as it stands; null if there is none
     */
    record Undecodable(Origin origin, String field, String excerpt, String reason, byte[] rawKey, byte[] rawValue)
            implements Received {

        /** Field, value and reason in one line. */
        public String sentence() {
            return field + (excerpt.isEmpty() ? ": " : " is " + excerpt + ": ") + reason;
        }
    }
}
