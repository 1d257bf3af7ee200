package dev.holdfast.cli.audit;

import dev.holdfast.audit.replay.Mismatch;
import dev.holdfast.audit.replay.Replay;
import dev.holdfast.audit.replay.ReplayResult;
import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.Failure;
import dev.holdfast.cli.command.Verb;
import dev.holdfast.cli.output.Fields;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Decides everything again and compares. */
@Command(
        name = "replay",
        description = "Fold the audit journal again and compare decision by decision; any difference is a failure.",
        footer = {
            "The fold begins with the first entry or, where that is not kept any more, behind the oldest checkpoint. It",
            "decides in memory and can write nothing anywhere."
        })
public final class ReplayCommand extends Verb {

    @Mixin
    private JournalOption journal;

    @Option(
            names = "--from",
            paramLabel = "ENTRY",
            defaultValue = "1",
            description = "Begin behind the first checkpoint at this entry or after it. Default: at the beginning")
    private long from;

    @Override
    public Integer call() {
        if (from < 1) {
            throw Failure.badInput("--from " + from + ": entries are counted from 1");
        }
        try (JournalSource source = journal.open(this)) {
            ProgressBar bar = new ProgressBar(screen(), "replayed", source.bounds());
            ReplayResult result = new Replay(source.codecs()).run(source.values(), from, bar::at);
            bar.end(result.entries());
            result.faults().forEach(fault -> screen().progress("fault: " + fault));
            result.firstMismatch().map(Mismatch::sentence).ifPresent(first -> screen().progress("first mismatch: " + first));
            screen().result(
                    result.entries() + " entries, " + result.inputs() + " inputs, " + result.decisions()
                            + " decisions: " + result.mismatches() + " mismatches, " + result.checkpoints()
                            + " checkpoints met, " + result.faults().size() + " faults; folded from entry " + result.from(),
                    fields(result));
            return result.isSound() ? ExitCode.OK : ExitCode.FAILED;
        }
    }

    private static Fields fields(ReplayResult result) {
        return Fields.of("entries", result.entries())
                .and("inputs", result.inputs())
                .and("decisions", result.decisions())
                .and("mismatches", result.mismatches())
                .and("checkpoints", result.checkpoints())
                .and("from", result.from())
                .and("firstMismatch", result.firstMismatch().map(Mismatch::sentence).orElse(null))
                .and("faults", result.faults())
                .and("entriesPerSecond", Math.round(result.entriesPerSecond()));
    }
}
