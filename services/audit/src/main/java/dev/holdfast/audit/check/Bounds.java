package dev.holdfast.audit.check;

import dev.holdfast.encoding.journal.JournalHead;

/**
 * What is known of a journal from elsewhere: without it nobody can tell that its end was cut off, or its first entry
 * changed.
 *
 * @param before hash of the entry before the first one, in hexadecimal digits; null if not known
 * @param head where the journal stood at some time, as on {@code cluster.state} or in an exported file; null if not known
 */
public record Bounds(String before, JournalHead head) {

    /** Nothing is known. */
    public static final Bounds UNKNOWN = new Bounds(null, null);
}
