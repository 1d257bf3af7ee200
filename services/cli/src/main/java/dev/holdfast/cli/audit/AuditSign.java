package dev.holdfast.cli.audit;

import dev.holdfast.audit.check.Audit;
import dev.holdfast.audit.check.AuditResult;
import dev.holdfast.audit.check.Signature;
import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.Failure;
import dev.holdfast.cli.command.Verb;
import dev.holdfast.cli.output.Fields;
import dev.holdfast.encoding.journal.Chain;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** An operator's word on where the journal stands. */
@Command(
        name = "sign",
        description = "Check the journal and sign where it stands; the signature is added to a file to be kept elsewhere.",
        footer = {
            "A key is made by: openssl genpkey -algorithm ed25519 -out key.pem",
            "and its public part by: openssl pkey -in key.pem -pubout -out key.pub.pem",
            "Sign as often as you like, say every hour from cron on a machine that is no node: what was written before a",
            "signature cannot be changed afterwards without 'audit --signatures' telling.",
        })
final class AuditSign extends Verb {

    @Mixin
    private JournalOption journal;

    @Option(names = "--key", required = true, paramLabel = "PEM", description = "Private key (Ed25519, PEM).")
    private Path key;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "File to which the signature is added.")
    private Path out;

    @Override
    public Integer call() {
        PrivateKey by = Keys.privateKey(key);
        try (JournalSource source = journal.open(this)) {
            ProgressBar bar = new ProgressBar(screen(), "checked", source.bounds());
            Last last = new Last(source.values());
            AuditResult result = new Audit(source.codecs(), source.bounds(), List.of()).run(last, bar::at);
            bar.end(result.entries());
            if (!result.isOk()) {
                throw Failure.failed("not signed: " + result.reason());
            }
            if (result.entries() == 0) {
                throw Failure.failed("not signed: the journal is empty");
            }
            Signature signature = Signature.by(
                    by, source.cluster(), result.to(), Chain.text(Chain.of(last.value)),
                    Instant.now().truncatedTo(ChronoUnit.SECONDS));
            SignatureFile.append(out, signature);
            screen().result(
                    "signed entry " + signature.entry() + " of " + signature.cluster() + ", into " + out,
                    Fields.of("cluster", signature.cluster())
                            .and("entry", signature.entry())
                            .and("hash", signature.hash())
                            .and("file", out.toString()));
            return ExitCode.OK;
        }
    }

    /** Remembers the last value that went by. */
    private static final class Last implements Iterator<byte[]> {

        private final Iterator<byte[]> values;
        private byte[] value;

        Last(Iterator<byte[]> values) {
            this.values = values;
        }

        @Override
        public boolean hasNext() {
            return values.hasNext();
        }

        @Override
        public byte[] next() {
            value = values.next();
            return value;
        }
    }
}
