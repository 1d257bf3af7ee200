package dev.holdfast.cli.audit;

import dev.holdfast.audit.check.Audit;
import dev.holdfast.audit.check.AuditResult;
import dev.holdfast.audit.check.Signature;
import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.Failure;
import dev.holdfast.cli.command.Verb;
import dev.holdfast.cli.output.Fields;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whether the journal is what was written. */
@Command(
        name = "audit",
        description = "Check that the journal was not changed, and that no guest ever had two holders.",
        subcommands = AuditSign.class,
        footerHeading = "%nWhat is checked:%n",
        footer = {
            "  Each entry ends in a hash of itself and of the one before; entries, decisions and the offsets of heartbeats",
            "  follow each other without a gap; each checkpoint is what its own hash says; by the decisions no guest was",
            "  started anywhere while another incarnation might have run it.",
            "  Who can write the journal can write all of its hashes anew. 'audit sign' therefore signs where it stands,",
            "  with a key of yours, into a file to be kept elsewhere; --signatures and --key check against it.",
        })
public final class AuditCommand extends Verb {

    @Mixin
    private JournalOption journal;

    @Option(
            names = "--signatures",
            paramLabel = "FILE",
            description = "Also check against the signatures in this file, made by 'audit sign'.")
    private Path signatures;

    @Option(names = "--key", paramLabel = "PEM", description = "Public key of the signatures (Ed25519, PEM).")
    private Path key;

    @Override
    public Integer call() {
        if (signatures == null != (key == null)) {
            throw Failure.badInput("--signatures and --key go together: signatures prove nothing without the key");
        }
        try (JournalSource source = journal.open(this)) {
            ProgressBar bar = new ProgressBar(screen(), "checked", source.bounds());
            AuditResult result = new Audit(source.codecs(), source.bounds(), signed(source.cluster()))
                    .run(source.values(), bar::at);
            bar.end(result.entries());
            result.notes().forEach(note -> screen().progress("note: " + note));
            show(result);
            return result.isOk() ? ExitCode.OK : ExitCode.FAILED;
        } catch (UncheckedIOException spoilt) {
            throw Failure.failed(spoilt.getCause().getMessage(), spoilt);
        }
    }

    private List<Signature> signed(String cluster) {
        if (signatures == null) {
            return List.of();
        }
        PublicKey by = Keys.publicKey(key);
        List<Signature> all = SignatureFile.read(signatures);
        for (Signature each : all) {
            if (!each.cluster().equals(cluster)) {
                throw Failure.badInput(signatures + ": entry " + each.entry() + " was signed for cluster '" + each.cluster()
                        + "', this is '" + cluster + "'");
            }
            if (!each.isBy(by)) {
                throw Failure.failed(signatures + ": the signature of entry " + each.entry() + " is not by the key " + key);
            }
        }
        return all;
    }

    private void show(AuditResult result) {
        String range = result.from() == 0 ? "none could be checked" : "checked from entry " + result.from() + " to " + result.to();
        screen().result(
                result.isOk()
                        ? "sound: " + result.entries() + " entries, " + range + ", " + result.checkpoints()
                                + " checkpoints, " + result.signatures() + " signatures confirmed"
                        : "NOT SOUND: " + result.reason(),
                Fields.of("ok", result.isOk())
                        .and("entries", result.entries())
                        .and("from", result.from())
                        .and("to", result.to())
                        .and("checkpoints", result.checkpoints())
                        .and("signatures", result.signatures())
                        .and("firstBad", result.isOk() ? null : result.firstBad())
                        .and("reason", result.reason())
                        .and("notes", result.notes()));
    }
}
