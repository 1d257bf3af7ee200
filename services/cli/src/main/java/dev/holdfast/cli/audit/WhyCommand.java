package dev.holdfast.cli.audit;

import dev.holdfast.audit.fold.Past;
import dev.holdfast.audit.why.Explanation;
import dev.holdfast.audit.why.RuleWords;
import dev.holdfast.audit.why.Told;
import dev.holdfast.audit.why.Why;
import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.Failure;
import dev.holdfast.cli.command.Since;
import dev.holdfast.cli.command.Verb;
import dev.holdfast.cli.output.Fields;
import dev.holdfast.cli.output.Json;
import dev.holdfast.cli.output.Span;
import dev.holdfast.core.decide.Majority;
import dev.holdfast.core.decide.WhyNot;
import dev.holdfast.core.event.Evidence;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Why something was decided, or was not. */
@Command(
        name = "why",
        description = "Explain a guest, a node or a decision: evidence, rule, decision, and what followed.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./holdfast why a                  why node a was fenced last, or how else it came to stand as it does",
            "  ./holdfast why shop-db            why the guest is where it is, or why it does not run and who refused it",
            "  ./holdfast why 23                 why decision 23 ('events -o json' shows their numbers)",
            "  ./holdfast why a --at 2026-11-23T03:12:00Z",
        })
public final class WhyCommand extends Verb {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");

    @Mixin
    private JournalOption journal;

    @Parameters(paramLabel = "GUEST|NODE|DECISION", description = "Name of a guest or node, or number of a decision.")
    private String subject;

    @Option(names = "--at", paramLabel = "WHEN", description = "As it was then: a duration before now, or a time.")
    private String at;

    @Override
    public Integer call() {
        Instant until = at == null ? Instant.MAX : Since.parse("--at", at, Instant.now());
        try (JournalSource source = journal.open(this)) {
            Why why = new Why(source.past(), until);
            Explanation explanation = explain(why).orElseThrow(() -> Failure.badInput("'" + subject
                    + "' is no guest, node or decision that the journal tells of; there are "
                    + (why.names().isEmpty() ? "none yet" : String.join(", ", why.names()))));
            List<String> text = text(explanation, why.obstacle());
            if (screen().isJson()) {
                screen().line(Json.line(fields(explanation).and("text", String.join("\n", text))));
            } else {
                text.forEach(screen()::line);
            }
            return ExitCode.OK;
        } catch (Past.BrokenJournal broken) {
            throw Failure.failed(broken.getMessage(), broken);
        }
    }

    private Optional<Explanation> explain(Why why) {
        Optional<Explanation> named = why.named(subject);
        return named.isPresent() || !subject.matches("\\d{1,18}") ? named : why.decision(Long.parseLong(subject));
    }

    private static List<String> text(Explanation explanation, Optional<String> obstacle) {
        List<String> lines = new ArrayList<>();
        if (!explanation.standing().isEmpty()) {
            lines.add(explanation.standing() + ".");
        }
        obstacle.ifPresent(what -> lines.add("Nothing is started now: " + what + "."));
        Told main = explanation.decision();
        if (main == null) {
            lines.add("Nothing was ever decided about it.");
        } else {
            lines.add("");
            lines.add(main.decision().event().summary());
            lines.add("  decided   " + time(main) + ", decision " + main.decision().sequence() + ", journal entry "
                    + main.entry() + ", heartbeat log offset " + main.decision().cause().logOffset());
            lines.add("  rule      " + main.decision().cause().rule() + ": " + RuleWords.of(main.decision().cause().rule()));
            lines.add("  input     " + main.decision().cause().input() + ": " + main.input());
            evidence(main, lines);
        }
        if (!explanation.refused().isEmpty()) {
            lines.add("");
            lines.add("Nodes that could not take it:");
            explanation.refused().forEach(refusal -> lines.add("  %-10s %s  (%s)".formatted(
                    refusal.node(), refusal.reason(), refusal.rule())));
        }
        if (explanation.chain().size() > 1) {
            lines.add("");
            lines.add("How it came, and what followed:");
            explanation.chain().forEach(told -> lines.add("  %s  %5d  %-20s %s".formatted(
                    time(told), told.decision().sequence(), told.decision().cause().rule(),
                    told.decision().event().summary())));
        }
        return lines;
    }

    private static void evidence(Told main, List<String> lines) {
        List<Evidence> evidence = main.decision().cause().evidence();
        for (Evidence each : evidence) {
            lines.add("  evidence  " + each.witness() + "/" + each.incarnation() + ": its beats at offsets "
                    + each.baseOffset() + " and " + each.offset() + " prove that it lived through "
                    + Span.of(each.proven()) + " of the silence");
        }
        if (main.needed() != null && !evidence.isEmpty()) {
            lines.add("  proven    " + Span.of(Majority.provenByWitnesses(evidence.stream().map(Evidence::proven).toList()))
                    + " by at least " + Majority.WITNESSES + " of them, needed " + Span.of(main.needed())
                    + " (what its own beats named as lease and watchdog, and the margin of profile " + main.profile() + ")");
        }
    }

    private static String time(Told told) {
        return TIME.format(told.at().atZone(ZoneId.systemDefault()));
    }

    private static Fields fields(Explanation explanation) {
        Told main = explanation.decision();
        Fields fields = Fields.of("subject", explanation.subject());
        if (main == null) {
            fields.and("decision", null).and("rule", null).and("decisionOffset", null).and("profile", null)
                    .and("tMs", null).and("evidence", List.of());
        } else {
            fields.and("decision", main.decision().event().summary())
                    .and("type", main.decision().event().getClass().getSimpleName())
                    .and("at", main.at())
                    .and("rule", main.decision().cause().rule().name())
                    .and("decisionOffset", main.decision().cause().logOffset())
                    .and("sequence", main.decision().sequence())
                    .and("entry", main.entry())
                    .and("input", main.decision().cause().input().toString())
                    .and("profile", main.profile())
                    .and("tMs", main.needed())
                    .and("evidence", main.decision().cause().evidence().stream().map(WhyCommand::fields).toList());
        }
        return fields.and("refused", explanation.refused().stream().map(WhyCommand::fields).toList())
                .and("chain", explanation.chain().stream().map(WhyCommand::fields).toList())
                .and("standing", explanation.standing());
    }

    private static Fields fields(Evidence evidence) {
        return Fields.of("witness", evidence.witness())
                .and("incarnation", evidence.incarnation().toString())
                .and("baseOffset", evidence.baseOffset())
                .and("offset", evidence.offset())
                .and("provenMs", evidence.proven());
    }

    private static Fields fields(WhyNot.Refusal refusal) {
        return Fields.of("node", refusal.node()).and("rule", refusal.rule().name()).and("reason", refusal.reason());
    }

    private static Fields fields(Told told) {
        return Fields.of("sequence", told.decision().sequence())
                .and("entry", told.entry())
                .and("at", told.at())
                .and("rule", told.decision().cause().rule().name())
                .and("summary", told.decision().event().summary());
    }
}
