package dev.holdfast.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.audit.fold.JournalReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read of a journal while a broker says what was true some time ago. */
class JournalTailTest {

    @TempDir
    private static Path folder;

    private static JournalReader reader;
    private static List<byte[]> entries;

    private final AtomicLong nanos = new AtomicLong();
    private final Deque<Iterator<byte[]>> answers = new ArrayDeque<>();

    @BeforeAll
    static void aJournal() throws Exception {
        Path file = folder.resolve("incident.journal");
        Outages.export(file);
        try (JournalSource source = JournalSource.of(file)) {
            reader = new JournalReader(source.codecs());
            entries = new ArrayList<>();
            source.values().forEachRemaining(entries::add);
        }
    }

    private List<byte[]> read(long least, Duration patience) {
        List<byte[]> read = new ArrayList<>();
        new JournalTail(() -> {
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            return answers.isEmpty() ? Collections.emptyIterator() : answers.remove();
        }, reader, least, patience, nanos::get).forEachRemaining(read::add);
        return read;
    }

    @Test
    void anEndThatIsOlderThanWhatTheClusterNamesIsNotTheEnd() {
        answers.add(entries.subList(0, 10).iterator());
        answers.add(Collections.emptyIterator());
        answers.add(entries.subList(10, entries.size()).iterator());

        assertThat(read(entries.size(), Duration.ofSeconds(10))).containsExactlyElementsOf(entries);
    }

    @Test
    void whatDoesNotComeIsMissing() {
        answers.add(entries.subList(0, 10).iterator());

        assertThat(read(entries.size(), Duration.ofSeconds(2))).hasSize(10);
    }

    @Test
    void nothingIsWaitedForThatNobodyNames() {
        answers.add(entries.subList(0, 10).iterator());
        answers.add(entries.subList(10, 20).iterator());

        assertThat(read(10, Duration.ofHours(1))).hasSize(10);
        assertThat(answers).hasSize(1);
    }
}
