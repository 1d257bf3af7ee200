package dev.holdfast.encoding.input;

import dev.holdfast.schemas.TopicCatalogue;

/**
 * Which headers of a record the journal keeps: those that say what its value does not, who sent it and when. A beat says
 * that itself, and there are half a million of them a day: without their headers they take a third less.
 */
public final class KeptHeaders {

    private static final String PREFIX = "ce_";

    private KeptHeaders() {}

    /** Whether the journal keeps a header of that name, of a record of that topic. */
    public static boolean include(String topic, String header) {
        return header.startsWith(PREFIX) && !topic.equals(TopicCatalogue.NODE_HEARTBEATS.name());
    }
}
