package dev.holdfast.replication;

import java.time.Duration;
import java.util.Optional;

/**
 * How one target of a guest that runs here stands, as its owner knows it.
 *
 * @param age of the newest copy that arrived there in this run, on the owner's witness clock; empty if none did
 * @param bytes sent by the last transfer that arrived; 0 if none did
 * @param took how long that one took; zero if none arrived
 * @param failures in a row since
 * @param paused by a person's word
 */
public record CopyStatus(
        String guest, String target, Optional<Duration> age, long bytes, Duration took, int failures, boolean paused) {}
