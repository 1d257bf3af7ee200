package dev.holdfast.simulator.invariant;

import static dev.holdfast.simulator.invariant.Given.FIRST;
import static dev.holdfast.simulator.invariant.Given.decision;
import static dev.holdfast.simulator.invariant.Given.live;
import static dev.holdfast.simulator.invariant.Given.snapshot;
import static dev.holdfast.simulator.invariant.Given.state;
import static dev.holdfast.simulator.invariant.RunningInvariantsTest.violates;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.event.NodeEvent;
import dev.holdfast.core.message.Snapshot;
import dev.holdfast.core.node.PoolHealth;
import dev.holdfast.core.node.PoolStanding;
import dev.holdfast.core.node.PoolState;
import dev.holdfast.core.node.PoolVerdict;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.LastWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each of them can fail: what it forbids is told to it here. */
class VolumeInvariantsTest {

    private static final VolumeChange.Opened WITHOUT_NEWEST = new VolumeChange.Opened("db", "b", 2, false, "older");

    @Test
    void aLossThatNobodyStatedIsSeen() {
        violates("NoSilentLoss", () -> new NoSilentLoss().volume(WITHOUT_NEWEST));
    }

    @Test
    void aLossStaysStatedUntilTheCopyRuns() {
        NoSilentLoss invariant = new NoSilentLoss();
        promote(invariant, Duration.ofSeconds(2), state(null));

        assertThatCode(() -> invariant.volume(WITHOUT_NEWEST)).doesNotThrowAnyException();
        violates("NoSilentLoss", () -> invariant.volume(WITHOUT_NEWEST));
    }

    @Test
    void aLossThatWasStatedForACopyIsStatedForWhatIsMadeOfIt() {
        NoSilentLoss invariant = new NoSilentLoss();
        promote(invariant, Duration.ofSeconds(2), state(null));
        GuestEvent.PromoteReplica handedOver = new GuestEvent.PromoteReplica("db", 3, "c", FIRST,
                new Snapshot("s", 2, 1, Duration.ZERO, "b", FIRST), Duration.ZERO);
        invariant.decided(decision(handedOver), state(null), state(null), 0);

        assertThatCode(() -> invariant.volume(new VolumeChange.Opened("db", "c", 3, false, "older")))
                .doesNotThrowAnyException();
    }

    @Test
    void aPromotionWithLossWhileTheLastWriterIsAliveIsSeen() {
        ClusterState writerAlive = state(
                Given.guest(new LastWriter("a", FIRST, 1, null, true), List.of("a"), null), live("a"), live("b"));

        violates("NoSilentLoss", () -> promote(new NoSilentLoss(), Duration.ofSeconds(2), writerAlive));
        violates("NoSilentLoss", () -> promote(new NoSilentLoss(), null, writerAlive));
        assertThatCode(() -> promote(new NoSilentLoss(), Duration.ZERO, writerAlive)).doesNotThrowAnyException();
    }

    @Test
    void aPoolThatIsFaultedIsTheOneReasonForIt() {
        ClusterState writerAlive = state(
                Given.guest(new LastWriter("a", FIRST, 1, null, true), List.of("a"), null), live("a"), live("b"));
        NoSilentLoss invariant = new NoSilentLoss();
        pool(invariant, PoolStanding.FAULTED);
        assertThatCode(() -> promote(invariant, Duration.ofSeconds(2), writerAlive)).doesNotThrowAnyException();

        pool(invariant, PoolStanding.FULL);
        violates("NoSilentLoss", () -> promote(invariant, Duration.ofSeconds(2), writerAlive));
    }

    private static void pool(NoSilentLoss invariant, PoolStanding standing) {
        PoolHealth health = new PoolHealth("tank", PoolState.ONLINE, 100, 12, 0, null, "");
        invariant.decided(decision(new NodeEvent.PoolChanged("a", FIRST, null, new PoolVerdict(standing, health))),
                state(null), state(null), 0);
    }

    @Test
    void aReplicaThatIsOlderThanPromisedIsSeen() {
        violates("NoSilentLoss", () -> new NoSilentLoss().volume(
                new VolumeChange.Promoted("db", "b", 2, snapshot(1, 3), snapshot(1, 4), false)));
    }

    private static void promote(NoSilentLoss invariant, Duration loss, ClusterState state) {
        GuestEvent.PromoteReplica promote =
                new GuestEvent.PromoteReplica("db", 2, "b", FIRST, snapshot(1, 1), loss);
        invariant.decided(decision(promote), state, state, 0);
    }

    @Test
    void aVolumeThatIsTakenFromUnderAProcessIsSeen() {
        violates("NoRollback", () -> new NoRollback().volume(
                new VolumeChange.Promoted("db", "b", 2, snapshot(1, 3), null, true)));
        violates("NoRollback", () -> new NoRollback().volume(new VolumeChange.SetAside("db", "b", 2, true)));
    }

    @Test
    void anOlderOwnerThatWritesOverANewerOnesVolumeIsSeen() {
        NoRollback invariant = new NoRollback();
        invariant.volume(new VolumeChange.Promoted("db", "b", 2, snapshot(1, 3), null, false));

        violates("NoRollback", () -> invariant.volume(new VolumeChange.Receiving("db", "b", 1)));
        violates("NoRollback", () -> invariant.volume(new VolumeChange.Received("db", "b", snapshot(1, 4), 1)));
        violates("NoRollback", () -> invariant.volume(new VolumeChange.SetAside("db", "b", 1, false)));
    }
}
