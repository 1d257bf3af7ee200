package dev.holdfast.simulator.world;

import dev.holdfast.core.guest.GuestSpec;
import dev.holdfast.core.guest.NodeRules;
import dev.holdfast.core.guest.ProbeSpec;
import dev.holdfast.core.guest.ProbeTiming;
import dev.holdfast.core.guest.ReplicationPolicy;
import dev.holdfast.core.guest.RequestedState;
import dev.holdfast.core.guest.RestartPolicy;
import dev.holdfast.core.guest.VolumeKind;
import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.node.NonVoter;
import dev.holdfast.core.node.Timing;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Settings and guests of a run. */
final class Setup {

    static final String TOPIC_ID = "topic-1";

    private static final RestartPolicy RESTART = new RestartPolicy(
            2, Duration.ofMinutes(10), Duration.ofSeconds(1), Duration.ofSeconds(8), 1, Duration.ofHours(1));

    private Setup() {}

    /** Timings from the product's own to ones that leave little room. */
    static Timing timing(Chance chance) {
        double rho = switch (chance.below(4)) {
            case 0 -> 0.02;
            case 1 -> 0.05;
            default -> 0.001;
        };
        return switch (chance.below(8)) {
            case 0 -> with(Timing.FAST, rho);
            case 1 -> with(Timing.DEFAULT, rho);
            case 2 -> timing("wide", 500, 9_000, 6_000, 500, 800, rho);
            default -> timing("tight", 250, 6_000, 4_500, 250, 400, rho);
        };
    }

    private static Timing with(Timing timing, double rho) {
        return new Timing(
                timing.profile(), timing.beat(), timing.lease(), timing.wd(), timing.feed(), timing.margin(), rho);
    }

    private static Timing timing(String name, long beat, long lease, long wd, long feed, long margin, double rho) {
        return new Timing(
                name, Duration.ofMillis(beat), Duration.ofMillis(lease), Duration.ofMillis(wd),
                Duration.ofMillis(feed), Duration.ofMillis(margin), rho);
    }

    static ClusterSettings settings(long version, List<String> voters, List<NonVoter> others, Timing timing) {
        return new ClusterSettings(
                version, "cluster-1", TOPIC_ID, voters, others, timing, Duration.ofSeconds(15),
                ClusterSettings.SUSPECT_ROUNDS, "simulator", "simulated");
    }

    static GuestSpec guest(String name, Chance chance) {
        Duration maxDataLoss = chance.oneIn(4) ? Duration.ofSeconds(4) : null;
        return new GuestSpec(
                name, List.of("run"), Map.of(), VolumeKind.DIRECTORY, null, 9000,
                new ProbeSpec.Tcp(ProbeTiming.DEFAULT), RESTART,
                new ReplicationPolicy(Duration.ofSeconds(2), Duration.ofMillis(500), 3), maxDataLoss,
                RequestedState.STARTED, new NodeRules(List.of(), List.of(), false, !chance.oneIn(4)),
                GuestSpec.DEFAULT_STOP_GRACE);
    }
}
