package dev.holdfast.audit.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.audit.Recorded;
import dev.holdfast.audit.replay.Replay;
import dev.holdfast.audit.replay.ReplayResult;
import dev.holdfast.encoding.journal.Chain;
import dev.holdfast.simulator.journal.SimulatedJournal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFileTest {

    private static List<byte[]> journal;

    @TempDir
    private Path folder;

    @BeforeAll
    static void aClusterIsJournalled() {
        journal = Recorded.journal(5);
    }

    private static Path export(Path path, List<byte[]> values, String before, long last) throws IOException {
        try (JournalFileWriter writer = new JournalFileWriter(path, "clinic", before, false, Optional.empty())) {
            for (byte[] value : values) {
                writer.add(value);
            }
            writer.complete(last);
        }
        return path;
    }

    private static List<byte[]> read(Path path) throws IOException {
        List<byte[]> values = new ArrayList<>();
        try (JournalFile file = JournalFile.open(path)) {
            file.values().forEachRemaining(values::add);
        }
        return values;
    }

    /** What an audit says of the file; null if it cannot be read as one. */
    private static Boolean sound(Path path) throws IOException {
        try (JournalFile file = JournalFile.open(path)) {
            List<byte[]> values = new ArrayList<>();
            file.values().forEachRemaining(values::add);
            return Recorded.audit(values, file.bounds()).isOk();
        } catch (IOException | UncheckedIOException e) {
            return null;
        }
    }

    private static String beginning() {
        return Chain.text(Chain.beginning());
    }

    @Test
    void whatWasExportedIsReadAsItWas() throws IOException {
        Path path = export(folder.resolve("whole.journal"), journal, beginning(), journal.size());

        assertThat(read(path)).usingElementComparator(Arrays::compare).isEqualTo(journal);
        assertThat(sound(path)).isTrue();
        assertThat(folder).isDirectoryContaining(file -> file.equals(path));
        assertThat(Files.list(folder)).containsExactly(path);
    }

    @Test
    void aFlippedBitAnywhereInTheFileIsFoundOrChangesNothing() throws IOException {
        List<byte[]> corpus = journal.subList(0, 200);
        Path path = export(folder.resolve("corpus.journal"), corpus, beginning(), corpus.size());
        byte[] whole = Files.readAllBytes(path);
        Path spoilt = folder.resolve("spoilt.journal");
        for (int bit = 0; bit < 8 * whole.length; bit += 61) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(spoilt, flipped);
            if (Boolean.TRUE.equals(sound(spoilt))) {
                assertThat(read(spoilt)).as("bit %d", bit).usingElementComparator(Arrays::compare).isEqualTo(corpus);
            }
        }
    }

    @Test
    void aFileIsNeverOverwritten() throws IOException {
        Path path = export(folder.resolve("once.journal"), journal, beginning(), journal.size());

        assertThatThrownBy(() -> export(path, journal, beginning(), journal.size()))
                .isInstanceOf(IOException.class).hasMessageContaining("exists");
    }

    @Test
    void somethingElseIsNamedForWhatItIs() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.txt"), "hello");

        assertThatThrownBy(() -> JournalFile.open(text))
                .isInstanceOf(IOException.class).hasMessageContaining("is no exported journal");
    }

    @Test
    void aSliceBeginsAtACheckpointAndCanBeFoldedAndAudited() throws IOException {
        Instant middle = SimulatedJournal.BEGINNING.plus(Duration.ofSeconds(40));
        Slice slice = Slice.find(Recorded.CODECS, journal.iterator(), middle, middle.plusSeconds(20));
        List<byte[]> values = journal.subList((int) slice.first() - 1, (int) slice.last());
        Path path = export(folder.resolve("slice.journal"), values, slice.before(), slice.last());

        assertThat(slice.first()).isGreaterThan(1);
        assertThat(slice.last()).isLessThan(journal.size());
        assertThat(sound(path)).isTrue();
        ReplayResult replay = new Replay(Recorded.CODECS).run(values.iterator());
        assertThat(replay.isSound()).as("%s", replay).isTrue();
    }

    @Test
    void maskedNamesAreGoneAndTheSameIsDecided() throws IOException {
        Slice all = Slice.find(Recorded.CODECS, journal.iterator(), Instant.MIN, Instant.MAX);
        Mask mask = Mask.of(all.guests(), all.nodes());
        List<byte[]> masked = new ArrayList<>();
        MaskedJournal writer = new MaskedJournal(mask, Recorded.CODECS, masked::add);
        for (byte[] value : journal) {
            writer.add(value);
        }
        Path path = export(folder.resolve("masked.journal"), masked, beginning(), masked.size());

        assertThat(all.guests()).isNotEmpty();
        all.guests().forEach(guest -> assertThat(masked).noneMatch(value ->
                new String(value, StandardCharsets.ISO_8859_1).matches("(?s).*\\b" + guest + "\\b.*")));
        assertThat(sound(path)).isTrue();
        ReplayResult replay = new Replay(Recorded.CODECS).run(masked.iterator());
        assertThat(replay.isSound()).as("%s", replay).isTrue();
    }

    @Test
    void aGuestNamedLikeANodeCannotBeMasked() {
        assertThatThrownBy(() -> Mask.of(java.util.Set.of("a", "db"), java.util.Set.of("a", "b")))
                .hasMessageContaining("guest 'a' has the name of a node");
    }
}
