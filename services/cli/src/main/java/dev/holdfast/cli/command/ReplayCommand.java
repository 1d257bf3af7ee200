package dev.holdfast.cli.command;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.output.Fields;
import dev.holdfast.cli.read.ClusterAccess;
import dev.holdfast.cli.read.TopicTail;
import dev.holdfast.quorum.replay.Mismatch;
import dev.holdfast.quorum.replay.Replay;
import dev.holdfast.quorum.replay.ReplayResult;
import dev.holdfast.schemas.TopicCatalogue;
import picocli.CommandLine.Command;

/** Decides everything again and compares. */
@Command(
        name = "replay",
        description = "Fold the audit journal again and compare decision by decision; any difference is a failure.")
final class ReplayCommand extends Verb {

    @Override
    public Integer call() {
        try (ClusterAccess access = access();
                TopicTail journal = access.tail(TopicCatalogue.AUDIT_JOURNAL).fromBeginning()) {
            ReplayResult result = new Replay(access.codecs())
                    .run(journal.valuesToEnd(), entries -> screen().progress(entries + " entries ..."));
            result.faults().forEach(fault -> screen().progress("fault: " + fault));
            result.firstMismatch().map(Mismatch::sentence).ifPresent(first -> screen().progress("first mismatch: " + first));
            screen().result(
                    result.entries() + " entries, " + result.inputs() + " inputs, " + result.decisions()
                            + " decisions: " + result.mismatches() + " mismatches, " + result.faults().size() + " faults",
                    fields(result));
            return result.isSound() ? ExitCode.OK : ExitCode.FAILED;
        }
    }

    private static Fields fields(ReplayResult result) {
        return Fields.of("entries", result.entries())
                .and("inputs", result.inputs())
                .and("decisions", result.decisions())
                .and("mismatches", result.mismatches())
                .and("firstMismatch", result.firstMismatch().map(Mismatch::sentence).orElse(null))
                .and("faults", result.faults())
                .and("entriesPerSecond", Math.round(result.entriesPerSecond()));
    }
}
