package dev.holdfast.core.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.event.NodeEvent;
import dev.holdfast.core.event.Rule;
import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.message.Lapsed;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.state.Liveness;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** R1 and R7: incarnations are totally ordered; what is older or fenced is dead and ignored for ever. */
class IncarnationTest {

    @Test
    void aNewerIncarnationDischargesTheOlder() {
        // Given the guest running on a
        Cluster cluster = Cluster.withDbOnA();
        cluster.mark();

        // When a comes back on a new boot before anything was proven
        cluster.reboot("a");

        // Then its old runner is discharged by that alone, and the guest starts there again, in place
        assertThat(cluster.last(NodeEvent.NodeJoined.class).previous()).isEqualTo(new Incarnation(1, 1));
        GuestEvent.RunnerDischarged discharged = cluster.last(GuestEvent.RunnerDischarged.class);
        assertThat(discharged.runner().incarnation()).isEqualTo(new Incarnation(1, 1));
        assertThat(cluster.last(GuestEvent.StartGuest.class).incarnation()).isEqualTo(new Incarnation(2, 1));
        assertThat(cluster.events(GuestEvent.PromoteReplica.class)).isEmpty();
    }

    @Test
    void theServicesNextLifeInOneBootDischargesTheOneBefore() {
        Cluster cluster = Cluster.withDbOnA();
        cluster.mark();

        cluster.restart("a");

        assertThat(cluster.events(GuestEvent.RunnerDischarged.class)).hasSize(1);
        assertThat(cluster.last(GuestEvent.StartGuest.class).incarnation()).isEqualTo(new Incarnation(1, 2));
    }

    @Test
    void anOlderIncarnationIsIgnoredForEverAsSubjectAndAsWitness() {
        // Given a on its second boot, and a beat of its first boot delayed in the network
        Cluster cluster = Cluster.ofThree();
        Heartbeat delayed = cluster.machine("a").nextBeat(cluster.world());
        cluster.reboot("a");
        cluster.beatsFor(Duration.ofSeconds(1));
        cluster.mark();
        long last = cluster.node("a").lastOffset();
        var witnesses = cluster.node("b").bases();

        // When it arrives, twice
        cluster.append(delayed, false);
        cluster.append(delayed, false);

        // Then nothing changes and it is filed once
        assertThat(cluster.node("a").incarnation()).isEqualTo(new Incarnation(2, 1));
        assertThat(cluster.node("a").lastOffset()).isEqualTo(last);
        assertThat(cluster.node("b").bases()).isEqualTo(witnesses);
        assertThat(cluster.events(NodeEvent.BeatRefused.class)).hasSize(1);
        assertThat(cluster.decisions().getFirst().cause().rule()).isEqualTo(Rule.R7_IGNORED);
    }

    @Test
    void aFencedIncarnationIsIgnoredUntilItIsSucceeded() {
        Cluster cluster = Cluster.ofThree();
        cluster.crashUntilFenced("a");
        cluster.mark();

        cluster.beat("a");
        cluster.beat("a");
        assertThat(cluster.node("a").liveness()).isEqualTo(Liveness.FENCED);
        assertThat(cluster.events(NodeEvent.BeatRefused.class)).hasSize(1);

        cluster.restart("a");
        assertThat(cluster.node("a").liveness()).isEqualTo(Liveness.LIVE);
    }

    @Test
    void aBootCounterThatAnotherBootUsedIsRefused() {
        // Given a machine whose state file was copied from a's: the same counter, another boot
        Cluster cluster = Cluster.ofThree();
        cluster.machine("a").bootId = "copied";
        cluster.machine("a").restart();

        cluster.beat("a");

        assertThat(cluster.node("a").incarnation()).isEqualTo(new Incarnation(1, 1));
        assertThat(cluster.last(NodeEvent.BeatRefused.class).reason()).contains("boot counter 1", "another boot");
    }

    @Test
    void aBootCounterThatGrewWithoutABootIsRefused() {
        // Given a counter that was raised though the machine did not boot: nothing proves its guests dead
        Cluster cluster = Cluster.withDbOnA();
        cluster.machine("a").reboot(cluster.world());
        cluster.machine("a").bootId = "a-boot-1";
        cluster.mark();

        cluster.beat("a");

        assertThat(cluster.events(GuestEvent.RunnerDischarged.class)).isEmpty();
        assertThat(cluster.last(NodeEvent.BeatRefused.class).reason()).contains("without a boot");
    }

    @Test
    void aBeatOfAnotherBootInTheNameOfTheCurrentIncarnationOnlyProvesThatItIsNotSilent() {
        // Given two machines that beat as one incarnation: commands to it reach both
        Cluster cluster = Cluster.ofThree();
        Machine impostor = cluster.machine("a");
        impostor.bootId = "impostor";
        var running = cluster.node("a").sentAt();

        // When only the other one beats, then nothing it says counts, and it is not fenced either
        cluster.beatsFor(Duration.ofSeconds(20));
        assertThat(cluster.node("a").sentAt()).isEqualTo(running);
        assertThat(cluster.node("a").liveness()).isEqualTo(Liveness.LIVE);
        assertThat(cluster.events(NodeEvent.BeatRefused.class)).hasSize(1);

        // When it falls silent too, then the incarnation is fenced
        cluster.crashUntilFenced("a");
        assertThat(cluster.node("a").liveness()).isEqualTo(Liveness.FENCED);
    }

    @Test
    void anIncarnationThatLapsedNeverBeatsAgain() {
        Cluster cluster = Cluster.ofThree();
        cluster.lapse("a", Lapsed.Reason.LEASE_EXPIRED);

        cluster.beat("a");

        assertThat(cluster.node("a").liveness()).isEqualTo(Liveness.LAPSED);
        assertThat(cluster.last(NodeEvent.BeatRefused.class).reason()).contains("LAPSED");
    }

    @Test
    void aLapsedRecordOfAnOlderIncarnationChangesNothing() {
        Cluster cluster = Cluster.ofThree();
        Incarnation old = cluster.machine("a").incarnation;
        cluster.reboot("a");
        cluster.machine("a").incarnation = old;

        cluster.lapse("a", Lapsed.Reason.LEASE_EXPIRED);

        assertThat(cluster.node("a").liveness()).isEqualTo(Liveness.LIVE);
    }

    @Test
    void aLapseAloneDischargesNothing() {
        Cluster cluster = Cluster.withDbOnA();
        cluster.mark();

        cluster.lapse("a", Lapsed.Reason.GUARD_LOST);
        cluster.beatsFor(Duration.ofSeconds(5));

        assertThat(cluster.db().mayRunOn("a")).isTrue();
        assertThat(cluster.events(GuestEvent.StartGuest.class)).isEmpty();
    }

    @Test
    void aStrangersBeatIsRefused() {
        Cluster cluster = Cluster.ofThree();
        cluster.machines.put("x", new Machine("x", Duration.ZERO, Cluster.TIMING.lease(), Cluster.TIMING.wd()));

        cluster.beat("x");

        assertThat(cluster.node("x").liveness()).isEqualTo(Liveness.ABSENT);
        assertThat(cluster.last(NodeEvent.BeatRefused.class).reason()).contains("no node of that name");
    }
}
