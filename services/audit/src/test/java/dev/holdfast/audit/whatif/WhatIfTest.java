package dev.holdfast.audit.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.holdfast.audit.Recorded;
import dev.holdfast.audit.fold.Past;
import dev.holdfast.audit.whatif.Difference.Change;
import dev.holdfast.audit.whatif.Difference.Kind;
import dev.holdfast.core.event.NodeEvent;
import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.node.Timing;
import dev.holdfast.core.node.TimingRule;
import dev.holdfast.encoding.journal.CheckpointPlan;
import dev.holdfast.simulator.journal.SimulatedJournal;
import dev.holdfast.simulator.scenario.Guests;
import dev.holdfast.simulator.world.SteadyCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class WhatIfTest {

    private static final List<String> NODES = List.of("a", "b", "c");
    private static final long SECOND = 1_000_000_000L;
    private static final int SEEDS = 15;
    private static final Supposition NOTHING = new Supposition(UnaryOperator.identity(), Set.of());
    private static final Supposition FAST = new Supposition(timing -> Timing.FAST, Set.of());
    private static final Supposition CAREFUL = new Supposition(timing -> Timing.CAREFUL, Set.of());
    /** In which a witness may beat that has not proven enough yet, and something is on its way. */
    private static final Duration A_ROUND = Duration.ofMillis(1_500);

    /** A is off for two minutes, and later C: two silences that are fenced. */
    private static final List<byte[]> TWO_LOSSES = journal(400, cluster -> {
        cluster.at(60 * SECOND, () -> cluster.powerOff("a"));
        cluster.at(180 * SECOND, () -> cluster.powerOn("a"));
        cluster.at(240 * SECOND, () -> cluster.powerOff("c"));
        cluster.at(360 * SECOND, () -> cluster.powerOn("c"));
    });

    private static List<byte[]> journal(long seconds, Consumer<SteadyCluster> script) {
        List<byte[]> values = new ArrayList<>();
        SteadyCluster cluster = new SteadyCluster(
                NODES, List.of(), Timing.DEFAULT, ClusterSettings.COLD_START_WAIT, "b", 1,
                new SimulatedJournal(Recorded.CODECS, new CheckpointPlan(200, Duration.ofHours(1)), values::add));
        NODES.forEach(cluster::powerOn);
        cluster.at(10 * SECOND, () -> cluster.declare(Guests.named("db")));
        script.accept(cluster);
        cluster.runUntil(seconds * SECOND);
        cluster.over();
        return values;
    }

    private static List<Difference> whatIf(Supposition supposition, List<byte[]> values) {
        return whatIf(supposition, values, Instant.EPOCH, Instant.MAX);
    }

    private static List<Difference> whatIf(Supposition supposition, List<byte[]> values, Instant from, Instant to) {
        return new WhatIf(supposition, from, to).run(past(values), entry -> { });
    }

    private static List<Difference> fencings(List<Difference> differences) {
        return differences.stream().filter(each -> each.kind() == Kind.FENCING).toList();
    }

    private static Past past(List<byte[]> values) {
        return new Past(Recorded.CODECS, values.iterator());
    }

    @Test
    void withNothingSupposedNothingIsOtherwise() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            List<byte[]> values = Recorded.journal(seed);
            List<Difference> differences = whatIf(NOTHING, values);

            assertThat(differences).as("seed %d", seed).allSatisfy(each -> {
                assertThat(each.change()).isEqualTo(Change.SAME);
                assertThat(each.delta()).isZero();
            });
            assertThat(fencings(differences)).as("seed %d", seed).hasSize(fenced(values));
        }
    }

    @Test
    void whateverIsSupposedEveryPastCanBeLookedAt() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            List<byte[]> values = Recorded.journal(seed);
            whatIf(FAST, values);
            whatIf(CAREFUL, values);
            ClusterSettings settings = settings(values);
            for (String node : settings.voters()) {
                assertThat(whatIf(new Supposition(UnaryOperator.identity(), Set.of(node)), values))
                        .as("seed %d without %s", seed, node)
                        .noneMatch(each -> each.node().equals(node));
            }
        }
    }

    private static ClusterSettings settings(List<byte[]> values) {
        Past past = past(values);
        past.forEachRemaining(turn -> { });
        return past.state().orElseThrow().settings();
    }

    private static int fenced(List<byte[]> values) {
        int[] count = {0};
        past(values).forEachRemaining(turn -> turn.decisions().forEach(
                decision -> count[0] += decision.decision().event() instanceof NodeEvent.NodeFenced ? 1 : 0));
        return count[0];
    }

    @Test
    void aLongerTimingFencesEachSilenceLaterByTheDifferenceOfWhatHasToBeProven() {
        List<Difference> differences = whatIf(CAREFUL, TWO_LOSSES);
        Duration longer = TimingRule.witnessed(Timing.CAREFUL).minus(TimingRule.witnessed(Timing.DEFAULT));

        assertThat(differences).extracting(Difference::node).containsExactly("a", "c");
        assertThat(differences).allSatisfy(each -> {
            assertThat(each.change()).isEqualTo(Change.LATER);
            assertThat(each.delta()).isBetween(longer.minus(A_ROUND), longer.plus(A_ROUND));
        });
        assertThat(differences.getFirst().text()).contains("needed 35000 ms");
    }

    @Test
    void aShorterTimingFencesEachSilenceEarlier() {
        List<Difference> differences = fencings(whatIf(FAST, TWO_LOSSES));
        Duration shorter = TimingRule.witnessed(Timing.FAST).minus(TimingRule.witnessed(Timing.DEFAULT));

        assertThat(differences).hasSize(2).allSatisfy(each -> {
            assertThat(each.change()).isEqualTo(Change.EARLIER);
            assertThat(each.delta()).isBetween(shorter.minus(A_ROUND), shorter.plus(A_ROUND));
        });
    }

    @Test
    void withoutAWitnessThreeNodesFenceNobodyBySilence() {
        List<Difference> differences =
                whatIf(new Supposition(UnaryOperator.identity(), Set.of("c")), TWO_LOSSES);

        assertThat(differences).singleElement().satisfies(each -> {
            assertThat(each.node()).isEqualTo("a");
            assertThat(each.change()).isEqualTo(Change.AVOIDED);
            assertThat(each.delta()).isGreaterThan(Duration.ofSeconds(60));
            assertThat(each.text()).contains("back before it was proven");
        });
    }

    @Test
    void aFencingThatIsNotReachedBeforeTheNodeIsBackIsAvoidedAndItsGuestsWaitForIt() {
        List<byte[]> shortLoss = journal(150, cluster -> {
            cluster.at(60 * SECOND, () -> cluster.powerOff("a"));
            cluster.at(80 * SECOND, () -> cluster.powerOn("a"));
        });

        assertThat(whatIf(NOTHING, shortLoss)).hasSize(1);
        assertThat(whatIf(CAREFUL, shortLoss)).singleElement().satisfies(each -> {
            assertThat(each.change()).isEqualTo(Change.AVOIDED);
            assertThat(each.delta()).isPositive();
        });
    }

    @Test
    void aSilenceThatWasSurvivedWouldHaveBeenFencedByAShorterTiming() {
        List<byte[]> cutOff = journal(150, cluster -> {
            cluster.at(60 * SECOND, () -> cluster.cut("a"));
            cluster.at(72 * SECOND, () -> cluster.heal("a"));
        });

        assertThat(fencings(whatIf(NOTHING, cutOff))).isEmpty();
        assertThat(fencings(whatIf(FAST, cutOff))).singleElement().satisfies(each -> {
            assertThat(each.node()).isEqualTo("a");
            assertThat(each.change()).isEqualTo(Change.ADDED);
            assertThat(each.recorded()).isNull();
            assertThat(each.delta()).isNegative();
        });
    }

    @Test
    void whatOneNodeWouldHaveSufferedDoesNotSpoilWhatIsSaidOfTheOthersLater() {
        List<byte[]> cutAndLost = journal(300, cluster -> {
            cluster.at(60 * SECOND, () -> cluster.cut("b"));
            cluster.at(72 * SECOND, () -> cluster.heal("b"));
            cluster.at(150 * SECOND, () -> cluster.powerOff("a"));
        });

        assertThat(fencings(whatIf(FAST, cutAndLost))).extracting(Difference::node, Difference::change)
                .containsExactly(
                        tuple("b", Change.ADDED),
                        tuple("a", Change.EARLIER));
    }

    @Test
    void aStallThatALongLeaseSurvivesWouldHaveEndedAShortOne() {
        List<byte[]> stalled = journal(120, cluster -> cluster.at(60 * SECOND, () -> cluster.stall(8 * SECOND)));

        assertThat(whatIf(NOTHING, stalled)).isEmpty();
        List<Difference> differences = whatIf(FAST, stalled);
        assertThat(differences).extracting(Difference::node).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(differences).allSatisfy(each -> {
            assertThat(each.kind()).isEqualTo(Kind.LEASE);
            assertThat(each.change()).isEqualTo(Change.ADDED);
            assertThat(each.delta()).isBetween(Duration.ofMillis(-2_000), Duration.ofMillis(-500));
            assertThat(each.text()).contains("its lease of 7 s would have ended");
        });
    }

    @Test
    void aLeaseThatEndedWouldHaveEndedLaterByALongerOne() {
        List<byte[]> stalled = journal(120, cluster -> cluster.at(60 * SECOND, () -> cluster.cut("a")));

        assertThat(whatIf(CAREFUL, stalled)).filteredOn(each -> each.kind() == Kind.LEASE).allSatisfy(each -> {
            assertThat(each.change()).isEqualTo(Change.LATER);
            assertThat(each.delta()).isEqualTo(Timing.CAREFUL.lease().minus(Timing.DEFAULT.lease()));
        });
    }

    @Test
    void aLeaseThatIsNoShorterIsNotSaidToEndWhereTheRealOneWasHeld() {
        List<byte[]> stalled = journal(120, cluster -> cluster.at(60 * SECOND, () -> cluster.stall(8 * SECOND)));

        assertThat(whatIf(CAREFUL, stalled)).isEmpty();
    }

    @Test
    void aTimingThatIsNotSafeIsRefusedWithTheRule() {
        Supposition shortLease = new Supposition(timing -> new Timing(
                "own", timing.beat(), Duration.ofSeconds(4), Duration.ofSeconds(2), timing.feed(), timing.margin(),
                timing.rho()), Set.of());

        assertThatThrownBy(() -> whatIf(shortLease, TWO_LOSSES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("timing.lease is 4 s; it must be at least 6 s");
    }

    @Test
    void fromACheckpointOnTheSameIsSaid() {
        List<Difference> whole = whatIf(CAREFUL, TWO_LOSSES);
        List<Difference> later = whatIf(CAREFUL, TWO_LOSSES.subList(TWO_LOSSES.size() / 2, TWO_LOSSES.size()));

        assertThat(later).hasSize(1);
        assertThat(later.getFirst()).isEqualTo(whole.getLast());
    }

    @Test
    void onlyWhatHappenedBetweenTwoTimesIsSaid() {
        Instant between = SimulatedJournal.BEGINNING.plusSeconds(200);

        assertThat(whatIf(CAREFUL, TWO_LOSSES, between, Instant.MAX)).extracting(Difference::node).containsExactly("c");
        assertThat(whatIf(CAREFUL, TWO_LOSSES, Instant.EPOCH, between)).extracting(Difference::node).containsExactly("a");
    }

    @Test
    void aFencingIsFollowedBeyondTheEndOfWhatWasAskedFor() {
        Instant justAfter = SimulatedJournal.BEGINNING.plusSeconds(80);

        assertThat(whatIf(CAREFUL, TWO_LOSSES, Instant.EPOCH, justAfter)).singleElement()
                .satisfies(each -> assertThat(each.change()).isEqualTo(Change.LATER));
    }
}
