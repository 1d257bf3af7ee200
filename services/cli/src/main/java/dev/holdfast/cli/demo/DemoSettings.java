package dev.holdfast.cli.demo;

import dev.holdfast.core.guest.VolumeKind;
import dev.holdfast.core.node.Timing;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What a rehearsal does.
 *
 * @param pull whose plug
 * @param profile timing profile of the cluster: fast, default or careful
 * @param interval from snapshot to snapshot of the guest's volume
 * @param storage how the nodes keep the guest's volume: directories or ZFS
 * @param limit by when the guest must answer; empty for the profile's own
 */
public record DemoSettings(
        Pull pull, How how, String profile, Duration interval, VolumeKind storage, Optional<Duration> limit) {

    /** What a failover may take beyond the proven silence: detection, promotion, start, first answer. */
    private static final Duration BEYOND_SILENCE = Duration.ofSeconds(8);

    /** Within which the guest must answer, from the kill: T of the profile and 8 s, unless given. */
    public Duration limitInForce() {
        return limit.orElseGet(() -> timing().silenceUntilFenced().plus(BEYOND_SILENCE));
    }

    public Timing timing() {
        return Timing.named(profile);
    }

    /** The same with another pull. */
    public DemoSettings with(Pull other, How otherHow) {
        return new DemoSettings(other, otherHow, profile, interval, storage, limit);
    }

    /** Its name in results. */
    public String storageName() {
        return storage.name().toLowerCase(Locale.ROOT);
    }
}
