package dev.holdfast.messaging.registry;

/**
 * An answer over HTTP.
 *
 * @param status HTTP status
 * @param json body, of content type {@link #CONTENT_TYPE}
 */
public record Answer(int status, String json) {

    public static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
}
