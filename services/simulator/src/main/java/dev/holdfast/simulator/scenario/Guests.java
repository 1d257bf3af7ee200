package dev.holdfast.simulator.scenario;

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

/** Specifications of guests as a simulated cluster needs them: what they run is nobody's business. */
public final class Guests {

    private static final int PORT = 9000;

    private Guests() {}

    /** A guest that may run anywhere, with the restart policy of a new guest, replicated every 5 s. */
    public static GuestSpec named(String name) {
        return of(name, RestartPolicy.DEFAULT, Duration.ofSeconds(5), null, NodeRules.ANY, RequestedState.STARTED);
    }

    /**
     * As {@link #named}, with what an operator would say of it.
     *
     * @param replicated from one snapshot to the next
     * @param maxDataLoss see {@link GuestSpec#maxDataLoss()}
     */
    public static GuestSpec of(
            String name, RestartPolicy restart, Duration replicated, Duration maxDataLoss, NodeRules nodes,
            RequestedState requested) {
        return new GuestSpec(
                name, List.of("run"), Map.of(), VolumeKind.DIRECTORY, null, PORT,
                new ProbeSpec.Tcp(ProbeTiming.DEFAULT), restart,
                new ReplicationPolicy(replicated, Duration.ofMillis(500), 3), maxDataLoss, requested, nodes,
                GuestSpec.DEFAULT_STOP_GRACE);
    }
}
