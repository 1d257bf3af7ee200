package dev.holdfast.cli.audit;

import dev.holdfast.audit.receipt.Line;
import dev.holdfast.audit.receipt.Receipt;
import dev.holdfast.cli.output.Fields;
import dev.holdfast.core.event.Evidence;
import dev.holdfast.core.message.Snapshot;
import dev.holdfast.core.node.Runner;

/** A receipt for programs. */
public final class ReceiptFields {

    private ReceiptFields() {}

    /** All of it. */
    public static Fields of(Receipt receipt, String cluster) {
        return Fields.of("receipt", receipt.number())
                .and("entry", receipt.recovered().entry())
                .and("hash", receipt.recovered().hash())
                .and("cluster", cluster)
                .and("clusterId", receipt.settings().clusterId())
                .and("guest", receipt.guest())
                .and("kind", receipt.kind())
                .and("drill", receipt.isDrill())
                .and("from", runner(receipt.from()))
                .and("to", runner(receipt.to()))
                .and("begunAt", receipt.begunAt())
                .and("recoveredAt", receipt.recovered().at())
                .and("outageMs", receipt.outage())
                .and("outageByClocksMs", receipt.byClocks())
                .and("phases", receipt.phases().stream().map(ReceiptFields::phase).toList())
                .and("dataLossMs", receipt.loss().window())
                .and("snapshot", snapshot(receipt.loss()))
                .and("intervalMs", receipt.loss().interval())
                .and("maxDataLossMs", receipt.loss().limit())
                .and("rule", receipt.proof().rule().name())
                .and("proof", receipt.proof().says())
                .and("silentSinceOffset", receipt.proof().silentSince() < 0 ? null : receipt.proof().silentSince())
                .and("tMs", receipt.proof().needed())
                .and("evidence", receipt.proof().evidence().stream().map(ReceiptFields::evidence).toList())
                .and("settingsVersion", receipt.settings().version())
                .and("profile", receipt.settings().timing().profile())
                .and("asked", asked(receipt.asked()))
                .and("kept", kept(receipt.kept()))
                .and("whole", receipt.whole())
                .and("decisions", receipt.decisions().stream().map(ReceiptFields::line).toList());
    }

    private static Fields runner(Runner runner) {
        return runner == null ? null : Fields.of("node", runner.node())
                .and("incarnation", runner.incarnation().toString())
                .and("epoch", runner.epoch());
    }

    private static Fields phase(Receipt.Phase phase) {
        return Fields.of("phase", phase.step())
                .and("untilMs", phase.until())
                .and("at", phase.line().at())
                .and("decision", phase.line().decision().sequence());
    }

    private static Fields snapshot(Receipt.Loss loss) {
        Snapshot snapshot = loss.snapshot();
        return snapshot == null ? null : Fields.of("id", snapshot.id())
                .and("guid", loss.guid())
                .and("name", loss.name())
                .and("owner", snapshot.owner())
                .and("takenAt", loss.asOf());
    }

    private static Fields evidence(Evidence evidence) {
        return Fields.of("witness", evidence.witness())
                .and("incarnation", evidence.incarnation().toString())
                .and("baseOffset", evidence.baseOffset())
                .and("offset", evidence.offset())
                .and("provenMs", evidence.proven());
    }

    private static Fields asked(Receipt.Asked asked) {
        return asked == null ? null : Fields.of("who", asked.who())
                .and("why", asked.why())
                .and("at", asked.at())
                .and("drill", asked.drill())
                .and("decision", asked.answer().decision().sequence());
    }

    private static Fields kept(Receipt.Kept kept) {
        return kept == null ? null : Fields.of("node", kept.node())
                .and("branch", kept.aside().isEmpty() ? null : kept.aside())
                .and("bytes", kept.bytes())
                .and("decision", kept.line().decision().sequence());
    }

    private static Fields line(Line line) {
        return Fields.of("decision", line.decision().sequence())
                .and("entry", line.entry())
                .and("hash", line.hash())
                .and("at", line.at())
                .and("afterMs", line.after())
                .and("type", line.decision().event().getClass().getSimpleName())
                .and("rule", line.decision().cause().rule().name())
                .and("input", line.decision().cause().input().toString())
                .and("summary", line.decision().event().summary());
    }
}
