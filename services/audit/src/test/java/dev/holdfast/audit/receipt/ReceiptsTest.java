package dev.holdfast.audit.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.audit.Recorded;
import dev.holdfast.audit.fold.JournalReader;
import dev.holdfast.audit.fold.Past;
import dev.holdfast.audit.receipt.Receipt.Asked;
import dev.holdfast.audit.receipt.Receipt.Kind;
import dev.holdfast.audit.receipt.Receipt.Phase;
import dev.holdfast.audit.receipt.Receipt.Step;
import dev.holdfast.core.event.Event;
import dev.holdfast.core.event.Evidence;
import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.event.JournalEntry.JournalDecision;
import dev.holdfast.core.event.NodeEvent;
import dev.holdfast.core.event.Rule;
import dev.holdfast.core.message.OperatorCommand.DrillGuest;
import dev.holdfast.core.message.OperatorCommand.DrillNode;
import dev.holdfast.core.message.OperatorCommand.RequestStart;
import dev.holdfast.core.message.OperatorCommand.RequestStop;
import dev.holdfast.core.message.OperatorCommand.Switchover;
import dev.holdfast.encoding.journal.Chain;
import dev.holdfast.simulator.journal.SimulatedJournal;
import dev.holdfast.simulator.scenario.Action;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is filed of an outage is what the journal says of it, and can be proven by it. */
class ReceiptsTest {

    private static final Duration LONG = Duration.ofSeconds(40);

    private final Told told = new Told();
    private final String owner = told.owner();

    private static List<Receipt> receipts(List<byte[]> journal) {
        return Receipts.of(new Past(Recorded.CODECS, journal.iterator()));
    }

    private Receipt only() {
        List<Receipt> all = receipts(told.journal());
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private static List<Event> events(Receipt receipt) {
        return receipt.decisions().stream().map(line -> line.decision().event()).toList();
    }

    @Test
    void aFailoverIsToldFromTheLastBeatToTheFirstAnswer() {
        told.then(new Action.PowerOff(owner)).during(LONG);

        Receipt receipt = only();

        assertThat(receipt.kind()).isEqualTo(Kind.FAILOVER);
        assertThat(receipt.from().node()).isEqualTo(owner);
        assertThat(receipt.to().node()).isEqualTo(told.owner()).isNotEqualTo(owner);
        assertThat(receipt.to().epoch()).isGreaterThan(receipt.from().epoch());
        assertThat(receipt.phases()).extracting(Phase::step)
                .containsExactly(Step.SUSPECTED, Step.FENCED, Step.PROMOTED, Step.STARTED, Step.ANSWERED);
        assertThat(receipt.phases()).extracting(Phase::until).isSorted();
        assertThat(receipt.phases().getLast().until()).isEqualTo(receipt.outage());
        assertThat(Duration.between(SimulatedJournal.BEGINNING.plus(Told.BEGINS), receipt.begunAt()).abs())
                .isLessThan(Duration.ofSeconds(1));
        assertThat(receipt.whole()).isTrue();
        assertThat(receipt.asked()).isNull();
        assertThat(receipt.settings().timing().profile()).isEqualTo("fast");
    }

    @Test
    void thePhasesAreThoseOfTheDecisionItself() {
        told.then(new Action.PowerOff(owner)).during(LONG);

        Receipt receipt = only();
        GuestEvent.GuestRecovered recovered = (GuestEvent.GuestRecovered) receipt.recovered().decision().event();

        assertThat(receipt.phases()).extracting(Phase::until).containsExactly(
                recovered.suspected(), recovered.fenced(), recovered.promoted(), recovered.started(), recovered.outage());
    }

    @Test
    void theProofNamesTheWitnessesWhatTheyProvedAndWhatWasNeeded() {
        told.then(new Action.PowerOff(owner)).during(LONG);

        Receipt.Proof proof = only().proof();

        assertThat(proof.rule()).isEqualTo(Rule.R6_SILENCE);
        assertThat(proof.needed()).isEqualTo(Duration.ofSeconds(11));
        assertThat(proof.evidence()).hasSize(2).extracting(Evidence::witness).doesNotContain(owner);
        assertThat(proof.evidence()).allSatisfy(each -> {
            assertThat(each.proven()).isGreaterThanOrEqualTo(proof.needed());
            assertThat(each.baseOffset()).isGreaterThan(proof.silentSince());
        });
        assertThat(proof.says()).contains("prove", "needed 11000 ms");
    }

    @Test
    void theLossIsStatedWithTheSnapshotByNameAndIdAndWhenItWasTaken() {
        told.then(new Action.PowerOff(owner)).during(LONG);

        Receipt receipt = only();

        assertThat(receipt.loss().window()).isPositive().isLessThan(Duration.ofSeconds(7));
        assertThat(receipt.loss().name()).isEqualTo("hf-" + receipt.from().epoch() + "-"
                + receipt.loss().snapshot().sequence());
        assertThat(receipt.loss().guid()).isNotEmpty();
        assertThat(receipt.loss().asOf()).isBefore(receipt.begunAt().plusMillis(500));
        assertThat(receipt.loss().interval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(receipt.loss().limit()).isNull();
    }

    @Test
    void everyDecisionStandsInTheJournalUnderTheEntryAndHashGiven() {
        told.then(new Action.PowerOff(owner)).during(LONG);
        JournalReader reader = new JournalReader(Recorded.CODECS);

        assertThat(only().decisions()).isNotEmpty().isSortedAccordingTo(Comparator.comparing(Line::entry))
                .allSatisfy(line -> {
                    byte[] value = told.journal().get((int) line.entry() - 1);
                    assertThat(Chain.text(Chain.of(value))).isEqualTo(line.hash());
                    assertThat(reader.read(value)).isInstanceOfSatisfying(JournalReader.Line.Read.class, read ->
                            assertThat(((JournalDecision) read.entry()).decision()).isEqualTo(line.decision()));
                });
    }

    @Test
    void theChainReachesFromTheSuspicionToTheAnswer() {
        told.then(new Action.PowerOff(owner)).during(LONG);

        assertThat(events(only())).extracting(event -> (Object) event.getClass()).containsSubsequence(
                NodeEvent.NodeSuspected.class, NodeEvent.NodeFenced.class, GuestEvent.RunnerDischarged.class,
                GuestEvent.PromoteReplica.class, GuestEvent.PromotionCompleted.class, GuestEvent.StartGuest.class,
                GuestEvent.StartConfirmed.class, GuestEvent.GuestAnswering.class, GuestEvent.GuestRecovered.class);
    }

    @Test
    void whatTheLostNodeKeptIsAddedOnceItIsBack() {
        told.then(new Action.PowerOff(owner)).during(LONG);
        assertThat(only().kept()).isNull();

        told.then(new Action.PowerOn(owner)).during(LONG);

        Receipt.Kept kept = only().kept();
        assertThat(kept.node()).isEqualTo(owner);
        assertThat(kept.line().entry()).isGreaterThan(only().recovered().entry());
    }

    @Test
    void anOrderlyMoveLosesNothingAndIsTheOperatorsDoing() {
        String to = owner.equals("a") ? "b" : "a";
        told.then(new Switchover("db", to)).during(LONG);

        Receipt receipt = only();

        assertThat(receipt.kind()).isEqualTo(Kind.MOVE);
        assertThat(receipt.to().node()).isEqualTo(to);
        assertThat(receipt.phases()).extracting(Phase::step).containsExactly(
                Step.STOPPED, Step.HANDED_OVER, Step.PROMOTED, Step.STARTED, Step.ANSWERED);
        assertThat(receipt.loss().isNothing()).isTrue();
        assertThat(receipt.proof().rule()).isEqualTo(Rule.OPERATOR);
        assertThat(receipt.asked()).extracting(Asked::who, Asked::why, Asked::drill)
                .containsExactly("operator", "scripted", false);
        assertThat(events(receipt)).hasAtLeastOneElementOfType(GuestEvent.MoveBegun.class);
    }

    @Test
    void anOutageThatWasAnnouncedAsADrillSaysSo() {
        told.then(new DrillNode(owner, null)).during(Duration.ofSeconds(2));
        told.then(new Action.PowerOff(owner)).during(LONG);

        assertThat(only().isDrill()).isTrue();
        assertThat(only().asked().who()).isEqualTo("operator");
    }

    @Test
    void aMoveThatWasAnnouncedAsADrillSaysSoAndSoDoesTheWayBack() {
        String to = owner.equals("a") ? "b" : "a";
        told.then(new DrillGuest("db", null)).during(Duration.ofSeconds(2));
        told.then(new Switchover("db", to)).during(LONG);
        told.then(new Switchover("db", owner)).during(LONG);

        assertThat(receipts(told.journal())).hasSize(2).allMatch(Receipt::isDrill);
    }

    @Test
    void aDrillThatWasNotBegunIsNotTakenForTheCauseOfAnOutageLongAfter() {
        told.then(new DrillNode(owner, null)).during(Duration.ofMinutes(11));
        told.then(new Action.PowerOff(owner)).during(LONG);

        assertThat(only().isDrill()).isFalse();
    }

    @Test
    void aCrashIsARestartWithoutAFence() {
        told.then(new Action.Crash("db")).during(LONG);

        Receipt receipt = only();

        assertThat(receipt.kind()).isEqualTo(Kind.RESTART);
        assertThat(receipt.phases()).extracting(Phase::step)
                .containsExactly(Step.STOPPED, Step.STARTED, Step.ANSWERED);
        assertThat(receipt.loss().isNothing()).isTrue();
        assertThat(receipt.loss().snapshot()).isNull();
        assertThat(receipt.loss().guid()).isNull();
        assertThat(receipt.proof().says()).contains("ended by itself");
    }

    @Test
    void aStopThatAPersonWantedIsNoOutage() {
        told.then(new RequestStop("db")).during(LONG).then(new RequestStart("db")).during(LONG);

        assertThat(receipts(told.journal())).isEmpty();
    }

    @Test
    void aReceiptIsFoundByItsGuestOrByAnyOfItsDecisions() {
        told.then(new Action.Crash("db")).during(LONG).then(new Action.Crash("db")).during(LONG);
        List<Receipt> all = receipts(told.journal());
        Receipt first = all.getFirst();

        assertThat(all).hasSize(2);
        assertThat(Receipts.find(all, "db")).contains(all.getLast());
        assertThat(Receipts.find(all, String.valueOf(first.number()))).contains(first);
        assertThat(Receipts.find(all, String.valueOf(first.decisions().getFirst().decision().sequence()))).contains(first);
        assertThat(Receipts.find(all, "bd")).isEmpty();
        assertThat(Receipts.find(all, "999999")).isEmpty();
    }

    @Test
    void aJournalThatBeginsInTheMidstOfAnOutageSaysSo() {
        told.then(new Action.PowerOff(owner)).during(LONG);
        Receipt receipt = only();
        // Between suspicion and fence there is a checkpoint.
        List<byte[]> rest = told.journal().subList((int) receipt.decisions().getFirst().entry(), told.journal().size());

        List<Receipt> found = receipts(rest);

        assertThat(found).hasSize(1);
        assertThat(found.getFirst().whole()).isFalse();
        assertThat(found.getFirst().outage()).isEqualTo(receipt.outage());
        assertThat(found.getFirst().recovered().hash()).isEqualTo(receipt.recovered().hash());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void whateverHappensEveryRecoveryHasOneReceiptAndItsPhasesFollowEachOther(long seed) {
        List<byte[]> journal = Recorded.journal(seed);
        List<Long> recoveries = new ArrayList<>();
        new Past(Recorded.CODECS, journal.iterator()).forEachRemaining(turn -> turn.decisions().stream()
                .filter(decided -> decided.decision().event() instanceof GuestEvent.GuestRecovered)
                .forEach(decided -> recoveries.add(decided.decision().sequence())));

        List<Receipt> all = receipts(journal);

        assertThat(all).extracting(Receipt::number).containsExactlyElementsOf(recoveries);
        assertThat(all).allSatisfy(receipt -> {
            assertThat(receipt.decisions().getLast()).isEqualTo(receipt.recovered());
            assertThat(receipt.from()).isNotNull();
            assertThat(receipt.phases().getLast().until()).isEqualTo(receipt.outage());
            assertThat(receipt.proof()).isNotNull();
        });
    }
}
