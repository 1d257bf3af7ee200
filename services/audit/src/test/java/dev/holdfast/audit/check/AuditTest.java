package dev.holdfast.audit.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.encoding.Codecs;
import dev.holdfast.encoding.journal.Chain;
import dev.holdfast.encoding.journal.CheckpointPlan;
import dev.holdfast.encoding.journal.JournalHead;
import dev.holdfast.simulator.journal.SimulatedJournal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whatever was done to a journal is found, and where. */
class AuditTest {

    private static final Codecs CODECS = Codecs.derivingIds();
    private static final CheckpointPlan OFTEN = new CheckpointPlan(60, Duration.ofHours(1));
    private static final int ENTRIES = 200;

    private static List<byte[]> whole;
    private static List<byte[]> corpus;
    private static Bounds bounds;

    @BeforeAll
    static void aClusterIsJournalled() {
        whole = SimulatedJournal.ofSeed(7, CODECS, OFTEN);
        corpus = whole.subList(0, ENTRIES);
        bounds = boundsOf(corpus);
    }

    private static Bounds boundsOf(List<byte[]> values) {
        return new Bounds(null, new JournalHead(
                values.size(), Chain.text(Chain.of(values.getLast())), 0, Instant.EPOCH));
    }

    private static AuditResult audit(List<byte[]> values, Bounds bounds) {
        return new Audit(CODECS, bounds, List.of()).run(values.iterator(), entries -> { });
    }

    @Test
    void anUntouchedJournalIsSound() {
        AuditResult result = audit(whole, boundsOf(whole));

        assertThat(result.isOk()).as("%s", result).isTrue();
        assertThat(result.entries()).isEqualTo(whole.size());
        assertThat(result.from()).isEqualTo(1);
        assertThat(result.to()).isEqualTo(whole.size());
        assertThat(result.checkpoints()).isPositive();
    }

    @Test
    void everyFlippedBitIsFoundAndLocated() {
        int missed = 0;
        for (int entry = 0; entry < ENTRIES; entry++) {
            byte[] value = corpus.get(entry);
            byte[] before = entry == 0 ? Chain.beginning() : Chain.of(corpus.get(entry - 1));
            for (int bit = 0; bit < 8 * value.length; bit++) {
                byte[] flipped = value.clone();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                // What stands before is as it was, and beginning there finds the same in a hundredth of the time.
                AuditResult result = audit(List.of(flipped), new Bounds(Chain.text(before), null));
                missed += result.isOk() ? 1 : 0;
            }
        }
        assertThat(missed).isZero();
    }

    @Test
    void aFlippedBitIsLocatedInTheMidstOfOthers() {
        for (int entry = 0; entry < ENTRIES; entry++) {
            byte[] flipped = corpus.get(entry).clone();
            flipped[flipped.length / 2] ^= 1;
            List<byte[]> values = new ArrayList<>(corpus);
            values.set(entry, flipped);
            assertThat(audit(values, bounds).firstBad()).isEqualTo(entry + 1);
        }
    }

    @Test
    void everyMissingEntryIsFoundAndLocated() {
        for (int entry = 0; entry < ENTRIES; entry++) {
            List<byte[]> values = new ArrayList<>(corpus);
            values.remove(entry);
            AuditResult result = audit(values, new Bounds(Chain.text(Chain.beginning()), bounds.head()));
            assertThat(result.firstBad()).as("%s", result).isIn(entry + 1L, entry + 2L);
        }
    }

    @Test
    void everyExchangeOfTwoEntriesIsFoundAndLocated() {
        for (int entry = 0; entry + 1 < ENTRIES; entry++) {
            List<byte[]> values = new ArrayList<>(corpus);
            values.set(entry, corpus.get(entry + 1));
            values.set(entry + 1, corpus.get(entry));
            AuditResult result = audit(values, new Bounds(Chain.text(Chain.beginning()), bounds.head()));
            assertThat(result.firstBad()).as("%s", result).isIn(entry + 1L, entry + 2L);
        }
    }

    @Test
    void everyEndCutOffIsFoundAndLocated() {
        for (int kept = 1; kept < ENTRIES; kept++) {
            AuditResult result = audit(corpus.subList(0, kept), bounds);
            assertThat(result.firstBad()).isEqualTo(kept + 1);
        }
    }

    @Test
    void aJournalWithoutItsBeginningIsCheckedFromItsSecondEntryOnAndSaysSo() {
        AuditResult result = audit(corpus.subList(10, ENTRIES), bounds);

        assertThat(result.isOk()).as("%s", result).isTrue();
        assertThat(result.from()).isEqualTo(12);
        assertThat(result.notes().getFirst()).contains("entry 11 is the oldest that is kept");
    }

    @Test
    void recordsOfSomebodyElseBetweenEntriesAreNotedAndHideNothing() {
        List<byte[]> values = new ArrayList<>(corpus);
        values.add(100, new byte[] {1, 2, 3});
        values.add(100, null);

        AuditResult result = audit(values, bounds);
        assertThat(result.isOk()).as("%s", result).isTrue();
        assertThat(result.entries()).isEqualTo(ENTRIES);
        assertThat(result.notes()).singleElement().asString().contains("before entry 101 stand 2 records of somebody else");

        values.remove(102);
        assertThat(audit(values, bounds).firstBad()).isEqualTo(101);
    }

    @Test
    void anEndThatNobodyKnowsIsSaid() {
        assertThat(audit(corpus, Bounds.UNKNOWN).notes())
                .anySatisfy(note -> assertThat(note).contains("where the journal should end is not known"));
    }
}
