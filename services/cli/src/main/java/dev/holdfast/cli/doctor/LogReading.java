package dev.holdfast.cli.doctor;

import dev.holdfast.audit.fold.JournalReader;
import dev.holdfast.cli.Failure;
import dev.holdfast.cli.local.Waiting;
import dev.holdfast.cli.read.ClusterAccess;
import dev.holdfast.cli.read.PresentState;
import dev.holdfast.cli.read.StateReader;
import dev.holdfast.cli.read.TopicTail;
import dev.holdfast.core.event.JournalEntry.JournalInput;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.schemas.TopicCatalogue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * All that the log and the brokers say, read within some seconds.
 *
 * @param decidedBefore offset of the newest beat that was journalled, with what was decided on it, when the reading
 *     began
 * @param writtenBefore offset of the newest beat then
 * @param decidedAfter as {@code decidedBefore}, some seconds later
 */
record LogReading(
        ClusterState state, BeatHistory beats, Map<String, ClockRate> byThisMachine, long decidedBefore,
        long writtenBefore, long decidedAfter, List<Check> topics) {

    private static final Duration WATCHED = Duration.ofSeconds(3);

    /** More than a commit holds. */
    private static final long JOURNAL_RECORDS = 500;

    /** @throws Failure if the log does not answer, or nothing was ever decided */
    static LogReading of(ClusterAccess access) {
        FutureTask<Map<String, ClockRate>> watch = new FutureTask<>(() -> ClockWatch.follow(access, WATCHED));
        Thread.ofPlatform().daemon().name("doctor-clocks").start(watch);
        ClusterState state = new StateReader(access).read()
                .map(PresentState::state)
                .filter(present -> present.settings() != null)
                .orElseThrow(() -> Failure.noAnswer("nothing has been decided yet"));
        BeatHistory beats = BeatHistory.read(access);
        long before = journalled(access);
        List<Check> topics = TopicChecks.of(access);
        Map<String, ClockRate> rates = outcome(watch);
        return new LogReading(state, beats, rates, before, beats.end(), caughtUp(access, before, beats.end()), topics);
    }

    /** Given some seconds: a commit may be under way, or on its way to another node. */
    private static long caughtUp(ClusterAccess access, long before, long written) {
        long[] after = {before};
        Waiting.until(() -> (after[0] = journalled(access)) > before && after[0] >= written, WATCHED);
        return after[0];
    }

    private static <T> T outcome(FutureTask<T> task) {
        try {
            return task.get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof Failure why ? why : new IllegalStateException(failed.getCause());
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw Failure.failed("interrupted");
        }
    }

    private static long journalled(ClusterAccess access) {
        JournalReader reader = new JournalReader(access.codecs());
        long newest = -1;
        try (TopicTail journal = access.tail(TopicCatalogue.AUDIT_JOURNAL).fromLast(JOURNAL_RECORDS)) {
            for (Iterator<byte[]> values = journal.valuesToEnd(); values.hasNext(); ) {
                if (reader.read(values.next()) instanceof JournalReader.Line.Read read
                        && read.entry() instanceof JournalInput input
                        && input.at().topic().equals(TopicCatalogue.NODE_HEARTBEATS.name())) {
                    newest = input.at().offset();
                }
            }
        }
        return newest;
    }

    List<Check> checks() {
        List<Check> checks = new ArrayList<>(topics);
        checks.addAll(new LogChecks(state, beats, byThisMachine).all());
        return checks;
    }

    /**
     * Whether what was written when the reading began is decided upon by now, which is some seconds later.
     *
     * @param active nodes that say that they decide
     */
    Check decisions(List<String> active) {
        String by = active.isEmpty() ? "nobody says that it decides" : String.join(" and ", active)
                + (active.size() == 1 ? " decides" : " say that they decide");
        String measured = by + "; " + (decidedAfter - decidedBefore) + " more beats decided upon and journalled "
                + "meanwhile, " + Math.max(0, writtenBefore - decidedAfter) + " left of those before";
        String limit = "one decides, none left";
        if (decidedAfter <= decidedBefore || decidedAfter < writtenBefore) {
            return Check.fail("decisions", Check.CLUSTER, measured, limit,
                    "a majority of brokers must be on; GET /quorum of each node says what its quorum service does");
        }
        return Check.of(active.size() == 1 ? Verdict.OK : Verdict.WARN, "decisions", Check.CLUSTER, measured, limit,
                "it may be changing hands: look again; GET /quorum of each node says what it does");
    }
}
