package dev.holdfast.replication.volume;

/**
 * What a cut receive holds already.
 *
 * @param snapshot id of the snapshot that was being received
 * @param token what the source's storage needs to send the rest; no longer than {@value #MAX_TOKEN} characters
 */
public record Resumable(String snapshot, String token) {

    public static final int MAX_TOKEN = 1000;
}
