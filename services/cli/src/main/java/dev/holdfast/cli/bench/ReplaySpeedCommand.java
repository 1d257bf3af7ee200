package dev.holdfast.cli.bench;

import dev.holdfast.audit.file.JournalFile;
import dev.holdfast.audit.file.JournalFileWriter;
import dev.holdfast.audit.replay.Replay;
import dev.holdfast.audit.replay.ReplayResult;
import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.Failure;
import dev.holdfast.cli.command.Verb;
import dev.holdfast.cli.demo.GivenData;
import dev.holdfast.cli.output.Fields;
import dev.holdfast.cli.output.Json;
import dev.holdfast.cli.read.ClusterAccess;
import dev.holdfast.cli.read.TopicTail;
import dev.holdfast.encoding.Codecs;
import dev.holdfast.encoding.journal.Chain;
import dev.holdfast.schemas.TopicCatalogue;
import dev.holdfast.simulator.journal.LongJournal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How fast a journal is folded again, beside somebody who only reads it. */
@Command(
        name = "replay",
        description = {
            "Fold a journal again and again, and read it as often without doing anything with it, in turn.",
            "The journal is a simulated one in a file, written first, nearly all of it heartbeats; with --file one that "
                    + "is there. With --data it is copied to a topic of that cluster and read from there by a consumer; "
                    + "the topic is removed again.",
            "Per core: by the processor time of the one thread that does it all. For the time on the wall of a machine "
                    + "with one core, run it under 'taskset -c 0'."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./holdfast bench replay",
            "  ./holdfast bench replay --file journal.avro --runs 3",
            "  ./holdfast bench replay --data holdfast-data --entries 500000 -o json",
            "  ./holdfast bench replay --data holdfast-data --own --runs 100",
        })
final class ReplaySpeedCommand extends Verb {

    private static final int TOLD_EVERY = 500_000;

    @Option(names = "--runs", paramLabel = "N", defaultValue = "5",
            description = "How often. Default: ${DEFAULT-VALUE}")
    private int runs;

    @Option(names = "--entries", paramLabel = "N", defaultValue = "2000000",
            description = "Length of the simulated journal. Default: ${DEFAULT-VALUE}")
    private long entries;

    @Option(names = "--file", paramLabel = "FILE", description = "Measure with the journal in this file.")
    private Path file;

    @Option(names = "--own", description = "With --data: the cluster's own journal as it stands, and no copy of another.")
    private boolean own;

    /** Both ways through the same journal, one after the other. */
    private record Run(Pass replay, Pass plain) {

        /** How many times as long a replay takes. */
        double ratio() {
            return plain.perCoreSecond() / replay.perCoreSecond();
        }
    }

    /** Gives the values from the beginning, again and again. */
    private interface Source extends Supplier<Iterator<byte[]>> {}

    @Override
    public Integer call() {
        if (runs < 1 || runs > 1_000) {
            throw Failure.badInput("--runs " + runs + ": must be 1 to 1000");
        }
        if (entries < 10_000) {
            throw Failure.badInput("--entries " + entries + ": must be 10000 or more");
        }
        if (own) {
            return measureOwn();
        }
        try {
            if (file != null) {
                return measure(file);
            }
            Path folder = Files.createTempDirectory("holdfast-bench");
            Path simulated = folder.resolve("journal.avro");
            try {
                write(simulated);
                return measure(simulated);
            } finally {
                Files.deleteIfExists(simulated);
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw Failure.failed(e.getMessage(), e);
        }
    }

    private void write(Path path) throws IOException {
        screen().progress("Writing a journal of " + entries + " entries");
        Codecs codecs = Codecs.derivingIds();
        try (JournalFileWriter writer =
                new JournalFileWriter(path, "simulated", Chain.text(Chain.beginning()), false, Optional.empty())) {
            long last = LongJournal.write(entries, codecs, value -> add(writer, value));
            writer.complete(last);
        }
    }

    private void add(JournalFileWriter writer, byte[] value) {
        try {
            writer.add(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (writer.written() % TOLD_EVERY == 0) {
            screen().progress(writer.written() + " entries ...");
        }
    }

    private int measure(Path path) throws IOException {
        Codecs codecs;
        try (JournalFile journal = JournalFile.open(path)) {
            codecs = journal.codecs();
        }
        if (GivenData.of(spec()).isEmpty()) {
            return measure("file", codecs, () -> values(path));
        }
        try (ClusterAccess access = access();
                ScratchTopic topic = ScratchTopic.make(access)) {
            screen().progress("Copying the journal to a topic");
            topic.fill(values(path));
            try (TopicTail tail = topic.tail()) {
                return measure("kafka", codecs, () -> tail.fromBeginning().valuesToEnd());
            }
        }
    }

    private int measureOwn() {
        try (ClusterAccess access = access();
                TopicTail tail = access.tail(TopicCatalogue.AUDIT_JOURNAL)) {
            return measure("kafka", access.codecs(), () -> tail.fromBeginning().valuesToEnd());
        }
    }

    private static Iterator<byte[]> values(Path path) {
        try {
            return JournalFile.open(path).values();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int measure(String from, Codecs codecs, Source source) {
        List<Run> measured = new ArrayList<>();
        for (int number = 1; number <= runs; number++) {
            Run run = new Run(Pass.of(() -> replay(codecs, source.get())), Pass.of(() -> read(source.get())));
            measured.add(run);
            tell(from, number, run);
        }
        sum(from, measured);
        return ExitCode.OK;
    }

    private static long replay(Codecs codecs, Iterator<byte[]> values) {
        ReplayResult result = new Replay(codecs).run(values);
        if (!result.isSound()) {
            throw Failure.failed("the journal is not sound, so this measures nothing: " + result.mismatches()
                    + " mismatches, " + result.faults());
        }
        return result.entries();
    }

    private static long read(Iterator<byte[]> values) {
        long read = 0;
        while (values.hasNext()) {
            values.next();
            read++;
        }
        return read;
    }

    private void tell(String from, int number, Run run) {
        if (screen().isJson()) {
            screen().line(Json.line(Fields.of("from", from)
                    .and("run", number)
                    .and("entries", run.replay().entries())
                    .and("replayPerSecond", Math.round(run.replay().perSecond()))
                    .and("replayPerCoreSecond", Math.round(run.replay().perCoreSecond()))
                    .and("plainPerSecond", Math.round(run.plain().perSecond()))
                    .and("plainPerCoreSecond", Math.round(run.plain().perCoreSecond()))
                    .and("ratio", Math.round(run.ratio() * 100) / 100.0)
                    .map()));
        } else {
            screen().line(String.format(Locale.ROOT,
                    "run %d from %s: replay %,.0f entries/s (%,.0f per core), plain read %,.0f/s (%,.0f per core), ratio %.2f",
                    number, from, run.replay().perSecond(), run.replay().perCoreSecond(), run.plain().perSecond(),
                    run.plain().perCoreSecond(), run.ratio()));
        }
    }

    private void sum(String from, List<Run> measured) {
        Series replay = series(measured, run -> run.replay().perCoreSecond());
        Series plain = series(measured, run -> run.plain().perCoreSecond());
        Series ratio = series(measured, Run::ratio);
        screen().result(
                String.format(Locale.ROOT,
                        "median / max / min per core: replay %s entries/s, plain read %s/s, ratio %.2f / %.2f / %.2f",
                        text(replay), text(plain), ratio.median().getAsDouble(), ratio.max().getAsDouble(),
                        ratio.values().getFirst()),
                Fields.of("from", from)
                        .and("runs", measured.size())
                        .and("replayPerCoreSecondMedian", Math.round(replay.median().getAsDouble()))
                        .and("replayPerCoreSecondMax", Math.round(replay.max().getAsDouble()))
                        .and("replayPerCoreSecondMin", Math.round(replay.values().getFirst()))
                        .and("plainPerCoreSecondMedian", Math.round(plain.median().getAsDouble()))
                        .and("ratioMedian", Math.round(ratio.median().getAsDouble() * 100) / 100.0)
                        .and("ratioMax", Math.round(ratio.max().getAsDouble() * 100) / 100.0)
                        .and("ratioMin", Math.round(ratio.values().getFirst() * 100) / 100.0));
    }

    private static Series series(List<Run> measured, ToDoubleFunction<Run> value) {
        return new Series(measured.stream().map(run -> (Double) value.applyAsDouble(run)).toList());
    }

    private static String text(Series series) {
        return String.format(Locale.ROOT, "%,.0f / %,.0f / %,.0f",
                series.median().getAsDouble(), series.max().getAsDouble(), series.values().getFirst());
    }
}
