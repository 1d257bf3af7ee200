package dev.holdfast.core.guest;

import java.time.Duration;

/** What one probe found. */
public sealed interface ProbeResult {

    /** The real service answered, {@code latency} after the probe began. */
    record Answering(Duration latency) implements ProbeResult {
    }

    /** It did not; {@code reason} is one line for people, for example "no answer within 1 s". */
    record Failing(String reason) implements ProbeResult {
    }
}
