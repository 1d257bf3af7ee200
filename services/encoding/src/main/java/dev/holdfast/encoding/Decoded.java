package dev.holdfast.encoding;

/** What the bytes of a value turned out to be. */
public sealed interface Decoded {

    /**
     * One of our records.
     *
     * @param summary the line that was written with it
     * @param body a record of {@code services/core} or of this module
     */
    record Value(String summary, Record body) implements Decoded {}

    /**
     * Nothing of ours, or nothing this release understands.
     *
     * @param field path of the field that cannot be; empty if it is about the whole value
     * @param excerpt what was found, shortened; empty if the reason says it
     * @param reason what is wrong, and what was expected
     */
    record Unreadable(String field, String excerpt, String reason) implements Decoded {

        /** All of it in one line. */
        public String sentence() {
            return (field.isEmpty() ? "" : field + " ") + (excerpt.isEmpty() ? "" : "is " + excerpt + ": ") + reason;
        }
    }
}
