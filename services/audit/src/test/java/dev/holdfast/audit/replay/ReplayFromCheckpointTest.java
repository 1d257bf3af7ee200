package dev.holdfast.audit.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.audit.Recorded;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A fold may begin behind any checkpoint, and comes to the same decisions. */
class ReplayFromCheckpointTest {

    private static List<byte[]> journal;

    @BeforeAll
    static void aClusterIsJournalled() {
        journal = Recorded.journal(3);
    }

    private static ReplayResult replay(List<byte[]> values, long from) {
        return new Replay(Recorded.CODECS).run(values.iterator(), from, entries -> { });
    }

    @Test
    void theFoldMeetsEveryCheckpoint() {
        ReplayResult result = replay(journal, 1);

        assertThat(result.isSound()).as("%s", result).isTrue();
        assertThat(result.from()).isEqualTo(1);
        assertThat(result.checkpoints()).isGreaterThan(5);
    }

    @Test
    void aJournalWhoseBeginningIsNotKeptIsFoldedFromItsFirstCheckpoint() {
        ReplayResult result = replay(journal.subList(100, journal.size()), 1);

        assertThat(result.isSound()).as("%s", result).isTrue();
        assertThat(result.from()).isBetween(101L, 101L + 2 * Recorded.CHECKPOINT_EVERY);
        assertThat(result.decisions()).isPositive();
    }

    @Test
    void aFoldMayBeginLaterIfThatIsAsked() {
        ReplayResult result = replay(journal, 300);

        assertThat(result.isSound()).as("%s", result).isTrue();
        assertThat(result.from()).isBetween(300L, 300L + 2 * Recorded.CHECKPOINT_EVERY);
    }

    @Test
    void whatIsAfterTheLastCheckpointCannotBeAskedFor() {
        ReplayResult result = replay(journal, journal.size());

        assertThat(result.faults()).singleElement().asString()
                .contains("nothing could be folded", "no checkpoint from entry " + journal.size());
    }
}
