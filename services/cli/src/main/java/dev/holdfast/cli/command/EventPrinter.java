package dev.holdfast.cli.command;

import dev.holdfast.cli.output.Fields;
import dev.holdfast.cli.output.Json;
import dev.holdfast.cli.output.Screen;
import dev.holdfast.cli.read.Occurrence;
import dev.holdfast.core.event.Cause;
import dev.holdfast.core.event.Decision;
import dev.holdfast.core.event.Evidence;
import dev.holdfast.core.message.OperatorCommand;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Prints the timeline line by line; a new day gets a line of its own. */
public final class EventPrinter {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");
    private static final String ASKED = "> ";

    private final Screen screen;
    private final ZoneId zone = ZoneId.systemDefault();
    private LocalDate day;

    public EventPrinter(Screen screen) {
        this.screen = screen;
    }

    /** Prints one occurrence in the screen's format. */
    public void print(Occurrence occurrence) {
        switch (screen.format()) {
            case JSON -> screen.line(Json.line(fields(occurrence)));
            case TSV -> screen.line(String.join("\t", occurrence.at().toString(), occurrence.entity(), clean(occurrence)));
            case TEXT -> text(occurrence);
        }
    }

    private void text(Occurrence occurrence) {
        LocalDate today = LocalDate.ofInstant(occurrence.at(), zone);
        if (!today.equals(day)) {
            day = today;
            screen.line(day.toString());
        }
        screen.line("%s  %-10s  %s".formatted(
                time(occurrence.at()), occurrence.entity(),
                (occurrence instanceof Occurrence.Asked ? ASKED : "") + clean(occurrence)));
    }

    private String time(Instant at) {
        return TIME.format(at.atZone(zone));
    }

    private static String clean(Occurrence occurrence) {
        return occurrence.summary().replaceAll("\\p{Cntrl}+", " ");
    }

    static Fields fields(Occurrence occurrence) {
        Fields fields = Fields.of("at", occurrence.at())
                .and("entity", occurrence.entity())
                .and("summary", occurrence.summary());
        return switch (occurrence) {
            case Occurrence.Asked asked -> asked(fields, asked.command());
            case Occurrence.Decided decided -> decided(fields.and("offset", decided.offset()), decided.decision());
        };
    }

    private static Fields asked(Fields fields, OperatorCommand command) {
        return fields.and("type", command.request().getClass().getSimpleName())
                .and("commandId", command.id())
                .and("who", command.who())
                .and("why", command.why());
    }

    private static Fields decided(Fields fields, Decision decision) {
        Cause cause = decision.cause();
        return fields.and("type", decision.event().getClass().getSimpleName())
                .and("decision", decision.sequence())
                .and("rule", cause.rule().name())
                .and("input", String.valueOf(cause.input()))
                .and("logOffset", cause.logOffset())
                .and("evidence", cause.evidence().stream().map(EventPrinter::fields).toList());
    }

    private static Fields fields(Evidence evidence) {
        return Fields.of("witness", evidence.witness())
                .and("incarnation", evidence.incarnation().toString())
                .and("baseOffset", evidence.baseOffset())
                .and("offset", evidence.offset())
                .and("provenMs", evidence.proven());
    }
}
