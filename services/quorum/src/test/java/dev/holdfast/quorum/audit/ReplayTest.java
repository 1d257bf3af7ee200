package dev.holdfast.quorum.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.audit.replay.Replay;
import dev.holdfast.audit.replay.ReplayResult;
import dev.holdfast.core.event.Decision;
import dev.holdfast.core.event.JournalEntry;
import dev.holdfast.core.event.JournalEntry.JournalDecision;
import dev.holdfast.core.event.NodeEvent;
import dev.holdfast.encoding.ValueCodec;
import dev.holdfast.quorum.topology.PlayedCluster;
import dev.holdfast.schemas.TopicCatalogue;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ReplayTest {

    private static PlayedCluster cluster;
    private static List<byte[]> journal;

    @BeforeAll
    static void aFailoverIsJournalled() {
        cluster = PlayedCluster.started();
        cluster.poolIs("c", 96);
        cluster.failover();
        journal = cluster.journalValues();
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    @Test
    void anUntouchedJournalIsSound() {
        List<Long> told = new ArrayList<>();

        ReplayResult result = new Replay(cluster.codecs()).run(journal.iterator(), 1, told::add);

        assertThat(result.isSound()).as("%s", result).isTrue();
        assertThat(result.entries()).isEqualTo(journal.size());
        assertThat(result.inputs() + result.decisions()).isEqualTo(result.entries());
    }

    @Test
    void aFlippedDecisionIsFoundAndBothVersionsAreShown() {
        List<byte[]> forged = new ArrayList<>(journal);
        int at = indexOfFence();
        JournalDecision entry = (JournalDecision) entryAt(at);
        NodeEvent.NodeFenced fenced = (NodeEvent.NodeFenced) entry.decision().event();
        forged.set(at, codec().encode(new JournalDecision(entry.entry(), entry.version(), new Decision(
                entry.decision().sequence(), entry.decision().cause(),
                new NodeEvent.NodeFenced("b", fenced.incarnation(), fenced.proof())))));

        ReplayResult result = new Replay(cluster.codecs()).run(forged.iterator());

        assertThat(result.mismatches()).isEqualTo(1);
        assertThat(result.firstMismatch()).hasValueSatisfying(mismatch -> {
            assertThat(mismatch.entry()).isEqualTo(entry.entry());
            assertThat(mismatch.sentence()).contains("node=a", "node=b");
        });
    }

    @Test
    void aMissingEntryIsAGapAndAMismatch() {
        List<byte[]> cut = new ArrayList<>(journal);
        cut.remove(indexOfFence());

        ReplayResult result = new Replay(cluster.codecs()).run(cut.iterator());

        assertThat(result.isSound()).isFalse();
        assertThat(result.faults()).singleElement().asString().contains("follows entry");
        assertThat(result.mismatches()).isPositive();
    }

    @Test
    void aDecisionMissingAtTheEndIsAMismatch() {
        int end = indexOfFence();

        ReplayResult result = new Replay(cluster.codecs()).run(journal.subList(0, end).iterator());

        assertThat(result.firstMismatch()).hasValueSatisfying(mismatch -> {
            assertThat(mismatch.journalled()).isNull();
            assertThat(mismatch.replayed().event()).isInstanceOf(NodeEvent.NodeFenced.class);
        });
    }

    @Test
    void aJournalWithoutItsBeginningAndWithoutACheckpointSaysThatNothingCouldBeFolded() {
        ReplayResult result = new Replay(cluster.codecs()).run(journal.subList(3, 6).iterator());

        assertThat(result.faults().getFirst()).contains("nothing could be folded").contains("begins at entry 4");
    }

    @Test
    void bytesThatAreNoEntryAreReportedAndDoNotEndTheReplay() {
        List<byte[]> spoilt = new ArrayList<>(journal);
        spoilt.set(0, new byte[] {1, 2, 3});

        ReplayResult result = new Replay(cluster.codecs()).run(spoilt.iterator());

        assertThat(result.faults().getFirst()).contains("entry 1 cannot be read");
        assertThat(result.entries()).isEqualTo(journal.size());
    }

    private static int indexOfFence() {
        for (int i = 0; i < journal.size(); i++) {
            if (entryAt(i) instanceof JournalDecision entry
                    && entry.decision().event() instanceof NodeEvent.NodeFenced) {
                return i;
            }
        }
        throw new AssertionError("nobody was fenced");
    }

    private static JournalEntry entryAt(int index) {
        return (JournalEntry) cluster.body(TopicCatalogue.AUDIT_JOURNAL, journal.get(index));
    }

    private static ValueCodec codec() {
        return cluster.codecs().of(TopicCatalogue.AUDIT_JOURNAL);
    }
}
