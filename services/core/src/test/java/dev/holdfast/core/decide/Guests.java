package dev.holdfast.core.decide;

import dev.holdfast.core.guest.GuestSpec;
import dev.holdfast.core.guest.NodeRules;
import dev.holdfast.core.guest.ProbeSpec;
import dev.holdfast.core.guest.ProbeTiming;
import dev.holdfast.core.guest.ReplicationPolicy;
import dev.holdfast.core.guest.RequestedState;
import dev.holdfast.core.guest.RestartPolicy;
import dev.holdfast.core.guest.VolumeKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Specifications for tests. */
final class Guests {

    /** Two restarts after 1 s and 2 s of log time, then one relocation. */
    static final RestartPolicy PATIENT = new RestartPolicy(
            2, Duration.ofMinutes(10), Duration.ofSeconds(1), Duration.ofSeconds(30), 1, Duration.ofHours(1));

    private Guests() {}

    static GuestSpec db() {
        return named("db");
    }

    static GuestSpec named(String name) {
        return spec(name, null, NodeRules.ANY, PATIENT);
    }

    static GuestSpec losingAtMost(Duration maxDataLoss) {
        return spec("db", maxDataLoss, NodeRules.ANY, PATIENT);
    }

    static GuestSpec preferring(String... nodes) {
        return spec("db", null, new NodeRules(List.of(), List.of(nodes), false, true), PATIENT);
    }

    /** Goes back to the first of these that is there. */
    static GuestSpec belongingOn(String... nodes) {
        return spec("db", null, new NodeRules(List.of(), List.of(nodes), true, true), PATIENT);
    }

    static GuestSpec allowedOn(String... nodes) {
        return spec("db", null, new NodeRules(List.of(nodes), List.of(), false, true), PATIENT);
    }

    static GuestSpec stayingOnItsPool() {
        return spec("db", null, new NodeRules(List.of(), List.of(), false, false), PATIENT);
    }

    static GuestSpec restarting(RestartPolicy policy) {
        return spec("db", null, NodeRules.ANY, policy);
    }

    private static GuestSpec spec(String name, Duration maxDataLoss, NodeRules nodes, RestartPolicy restart) {
        return new GuestSpec(
                name, List.of("run"), Map.of(), VolumeKind.DIRECTORY, null, 9000,
                new ProbeSpec.Tcp(ProbeTiming.DEFAULT), restart, ReplicationPolicy.DEFAULT, maxDataLoss,
                RequestedState.STARTED, nodes, GuestSpec.DEFAULT_STOP_GRACE);
    }
}
