package dev.holdfast.cli.audit;

import dev.holdfast.audit.file.JournalFileWriter;
import dev.holdfast.audit.file.Mask;
import dev.holdfast.audit.file.MaskedJournal;
import dev.holdfast.audit.file.Slice;
import dev.holdfast.audit.fold.JournalReader;
import dev.holdfast.audit.replay.Replay;
import dev.holdfast.audit.replay.ReplayResult;
import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.Failure;
import dev.holdfast.cli.command.Since;
import dev.holdfast.cli.command.Verb;
import dev.holdfast.cli.output.Fields;
import dev.holdfast.cli.output.Size;
import dev.holdfast.encoding.journal.Chain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A slice of the journal as one file: the support bundle. */
@Command(
        name = "export",
        description = "Write the journal, or a slice of it, into one file (an Avro container).",
        footer = {
            "replay, audit, why, timeline and the other verbs that look back read it with --file, without a cluster. A slice",
            "begins at the last checkpoint before --from, so that it can be folded.",
        })
public final class ExportCommand extends Verb {

    @Mixin
    private JournalOption journal;

    @Parameters(paramLabel = "FILE", description = "File to be made; must not exist.")
    private Path target;

    @Option(names = "--from", paramLabel = "WHEN", description = "Not what was long before: a duration before now, or a time.")
    private String from;

    @Option(names = "--to", paramLabel = "WHEN", description = "Not what was after: a duration before now, or a time.")
    private String to;

    @Option(
            names = "--mask-names",
            description = "Give guests other names: guest-001, guest-002 … The file gets a chain of hashes of its own; "
                    + "commands, environments and texts of people are not masked otherwise.")
    private boolean mask;

    @Override
    public Integer call() {
        Instant now = Instant.now();
        Instant begin = from == null ? Instant.MIN : Since.parse("--from", from, now);
        Instant end = to == null ? Instant.MAX : Since.parse("--to", to, now);
        if (end.isBefore(begin)) {
            throw Failure.badInput("--to " + to + " is before --from " + from);
        }
        try (JournalSource source = journal.open(this)) {
            Slice slice = Slice.find(
                    source.codecs(), from == null ? source.values() : source.valuesFrom(begin), begin, end);
            if (slice.first() == 0) {
                throw Failure.failed("there is nothing to export: the journal is empty, or no checkpoint of it is kept");
            }
            Mask names = mask ? maskFor(slice) : null;
            long written = write(source, slice, names, begin);
            if (mask) {
                requireSound(slice, written);
            }
            show(slice, written, names);
            return ExitCode.OK;
        } catch (IOException e) {
            throw Failure.failed(e.getMessage(), e);
        }
    }

    private static Mask maskFor(Slice slice) {
        try {
            return Mask.of(slice.guests(), slice.nodes());
        } catch (IllegalArgumentException e) {
            throw Failure.failed("--mask-names: " + e.getMessage());
        }
    }

    private long write(JournalSource source, Slice slice, Mask names, Instant begin) throws IOException {
        String before = names == null ? slice.before() : Chain.text(Chain.beginning());
        try (JournalFileWriter file =
                new JournalFileWriter(target, source.cluster(), before, names != null, source.registered())) {
            MaskedJournal.Sink sink = file::add;
            if (names != null) {
                MaskedJournal masked = new MaskedJournal(names, source.codecs(), file::add);
                sink = masked::add;
            }
            ProgressBar bar = new ProgressBar(screen(), "written", source.bounds());
            JournalReader reader = new JournalReader(source.codecs());
            Iterator<byte[]> values = from == null ? source.values() : source.valuesFrom(begin);
            while (values.hasNext()) {
                byte[] value = values.next();
                long entry = reader.read(value) instanceof JournalReader.Line.Read read ? read.entry().entry() : -1;
                if (entry > slice.last()) {
                    break;
                }
                if (entry >= slice.first() || entry < 0 && file.written() > 0) {
                    sink.add(value);
                    bar.at(file.written());
                }
            }
            file.complete(slice.last());
            bar.end(file.written());
            return file.written();
        }
    }

    /** A name that is also a word of ours would change what is decided. */
    private void requireSound(Slice slice, long written) throws IOException {
        try (JournalSource masked = JournalSource.of(target)) {
            ReplayResult result = new Replay(masked.codecs()).run(masked.values());
            if (!result.isSound()) {
                Files.delete(target);
                throw Failure.failed("--mask-names: with other names something else would have been decided; a guest's name is "
                        + "probably also a word in texts: " + String.join(", ", slice.guests()) + ". Nothing was written");
            }
        }
    }

    private void show(Slice slice, long written, Mask names) throws IOException {
        long bytes = Files.size(target);
        Map<String, String> masked = names == null ? Map.of() : names.names();
        masked.forEach((name, shown) -> screen().progress(shown + " stands for " + name));
        screen().result(
                written + " entries, " + slice.first() + " to " + slice.last() + ", " + Size.of(bytes) + ", in " + target,
                Fields.of("file", target.toString())
                        .and("entries", written)
                        .and("first", slice.first())
                        .and("last", slice.last())
                        .and("bytes", bytes)
                        .and("masked", names != null));
    }
}
