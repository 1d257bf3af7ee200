package dev.holdfast.audit.why;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.audit.Recorded;
import dev.holdfast.audit.fold.Past;
import dev.holdfast.core.decide.Majority;
import dev.holdfast.core.event.Evidence;
import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.event.NodeEvent;
import dev.holdfast.core.event.Rule;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What is answered about clusters to which much happened. */
class WhyTest {

    private static Why whyOf(long seed) {
        return new Why(new Past(Recorded.CODECS, Recorded.journal(seed).iterator()), Instant.MAX);
    }

    @Test
    void everyFencingBySilenceNamesItsWitnessesAndProvesWhatWasNeeded() {
        int fencings = 0;
        for (long seed : LongStream.rangeClosed(1, 12).toArray()) {
            Why why = whyOf(seed);
            for (long sequence = 1; why.decision(sequence).isPresent(); sequence++) {
                Told told = why.decision(sequence).orElseThrow().decision();
                if (told.decision().event() instanceof NodeEvent.NodeFenced
                        && told.decision().cause().rule() == Rule.R6_SILENCE) {
                    fencings++;
                    List<Evidence> evidence = told.decision().cause().evidence();
                    assertThat(evidence).hasSizeGreaterThanOrEqualTo(Majority.WITNESSES);
                    assertThat(told.needed()).isPositive();
                    assertThat(Majority.provenByWitnesses(evidence.stream().map(Evidence::proven).toList()))
                            .isGreaterThanOrEqualTo(told.needed());
                    assertThat(told.profile()).isNotBlank();
                }
            }
        }
        assertThat(fencings).as("fencings in twelve runs").isPositive();
    }

    @Test
    void aNodeIsExplainedByItsLastFencingWithWhatLedToItAndWhatFollowed() {
        for (long seed = 1; seed < 100; seed++) {
            Why why = whyOf(seed);
            for (String name : why.names()) {
                Explanation explanation = why.named(name).orElseThrow();
                if (explanation.decision() != null
                        && explanation.decision().decision().event() instanceof NodeEvent.NodeFenced
                        && explanation.chain().stream().anyMatch(told ->
                                told.decision().event() instanceof GuestEvent.GuestRecovered)) {
                    assertThat(explanation.chain()).extracting(Told::entry).isSorted();
                    assertThat(explanation.chain()).contains(explanation.decision());
                    assertThat(explanation.standing()).startsWith(name);
                    return;
                }
            }
        }
        throw new AssertionError("no guest of a fenced node recovered in a hundred runs");
    }

    @Test
    void everyGuestIsExplained() {
        Why why = whyOf(4);

        assertThat(why.names()).isNotEmpty();
        for (String name : why.names()) {
            Explanation explanation = why.named(name).orElseThrow();
            assertThat(explanation.subject()).isEqualTo(name);
            assertThat(explanation.standing()).contains(name);
        }
    }

    @Test
    void aNameThatNobodyHasIsNoSubject() {
        assertThat(whyOf(1).named("nobody")).isEmpty();
        assertThat(whyOf(1).decision(1_000_000)).isEmpty();
    }

    @Test
    void whatWasDecidedLaterIsNotKnownAtAnEarlierMoment() {
        List<byte[]> journal = Recorded.journal(3);
        Instant early = dev.holdfast.simulator.journal.SimulatedJournal.BEGINNING.plusSeconds(10);
        Why then = new Why(new Past(Recorded.CODECS, journal.iterator()), early);
        Why now = new Why(new Past(Recorded.CODECS, journal.iterator()), Instant.MAX);

        long last = 1;
        while (then.decision(last).isPresent()) {
            last++;
        }
        assertThat(now.decision(last)).isPresent();
    }
}
