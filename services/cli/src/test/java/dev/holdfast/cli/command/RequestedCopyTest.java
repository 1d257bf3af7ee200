package dev.holdfast.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.message.ReplicaReport.Replicated;
import dev.holdfast.core.message.ReplicaReport.ReplicationFailed;
import dev.holdfast.core.message.ReplicaReport.SnapshotDropped;
import dev.holdfast.core.message.ReplicaReport.SnapshotTaken;
import dev.holdfast.core.message.Snapshot;
import dev.holdfast.core.node.Incarnation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What 'replicate now' makes of the reports that follow, in whatever order they come. */
class RequestedCopyTest {

    private static final Incarnation LIFE = new Incarnation(1, 1);

    private final RequestedCopy copy = new RequestedCopy("db", "command-1", List.of("a", "b", "c"));

    @Test
    void itIsOverWhenEachTargetHasItOrHasFailed() {
        copy.take(taken(5, "command-1"));
        copy.take(arrived("b", 5));
        assertThat(copy.isOver()).isFalse();

        copy.take(failed("c", 5));

        assertThat(copy.isOver()).isTrue();
        assertThat(copy.isEverywhere()).isFalse();
        assertThat(copy.lines()).extracting(RequestedCopy.Line::result)
                .containsExactly(RequestedCopy.Result.ARRIVED, RequestedCopy.Result.FAILED);
    }

    @Test
    void aTargetMaySpeakBeforeTheOwner() {
        copy.take(arrived("b", 5));
        copy.take(arrived("c", 5));
        assertThat(copy.isOver()).isFalse();

        copy.take(taken(5, "command-1"));

        assertThat(copy.isEverywhere()).isTrue();
    }

    @Test
    void whatWasTakenBeforeDoesNotCountAndWhatOvertookItDoes() {
        copy.take(taken(4, null));
        copy.take(taken(5, "command-1"));
        copy.take(arrived("b", 4));
        copy.take(failed("c", 4));
        assertThat(copy.isOver()).isFalse();

        copy.take(arrived("b", 6));
        copy.take(arrived("c", 5));

        assertThat(copy.isEverywhere()).isTrue();
    }

    @Test
    void aSnapshotThatIsDroppedIsTheEnd() {
        copy.take(new SnapshotDropped("db", "a", LIFE, 1, 700, "too long", null, "command-2"));
        assertThat(copy.isOver()).isFalse();

        copy.take(new SnapshotDropped("db", "a", LIFE, 1, 700, "too long", null, "command-1"));

        assertThat(copy.isOver()).isTrue();
        assertThat(copy.dropped()).isEqualTo("too long");
    }

    @Test
    void aSnapshotIsNamedByEpochSequenceAndAFewLetters() {
        assertThat(SnapshotText.of(snapshot(5))).isEqualTo("7.5 0123abcd");
        assertThat(SnapshotText.ofId("7-5-0123abcdef")).isEqualTo("7.5 0123abcd");
        assertThat(SnapshotText.ofId(null)).isNull();
    }

    private static SnapshotTaken taken(long sequence, String command) {
        return new SnapshotTaken("db", "a", LIFE, snapshot(sequence), 5, false, 0, null, null, command);
    }

    private static Replicated arrived(String target, long sequence) {
        return new Replicated("db", target, LIFE, snapshot(sequence), 10, Duration.ofMillis(3));
    }

    private static ReplicationFailed failed(String target, long sequence) {
        return new ReplicationFailed("db", "a", LIFE, target, "no route", 1, snapshot(sequence), null);
    }

    private static Snapshot snapshot(long sequence) {
        return new Snapshot("7-" + sequence + "-0123abcdef", 7, sequence, Duration.ofSeconds(sequence), "a", LIFE);
    }
}
