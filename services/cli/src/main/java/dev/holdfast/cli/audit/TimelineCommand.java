package dev.holdfast.cli.audit;

import dev.holdfast.audit.fold.Past;
import dev.holdfast.audit.timeline.Lanes;
import dev.holdfast.audit.timeline.Lanes.Mark;
import dev.holdfast.audit.timeline.Picture;
import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.Failure;
import dev.holdfast.cli.command.Since;
import dev.holdfast.cli.command.Verb;
import dev.holdfast.cli.output.Fields;
import dev.holdfast.cli.output.Listing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What happened, as a list or as a picture. */
@Command(
        name = "timeline",
        description = "Show what was decided, as a list, or with lanes of nodes and guests as a picture.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./holdfast timeline --from 1h",
            "  ./holdfast timeline --from 1h --guest shop-db --html incident.html",
            "  ./holdfast timeline --file incident.journal --svg incident.svg",
        })
public final class TimelineCommand extends Verb {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");

    @Mixin
    private JournalOption journal;

    @Option(names = "--from", paramLabel = "WHEN", description = "Not what was before: a duration before now, or a time.")
    private String from;

    @Option(names = "--to", paramLabel = "WHEN", description = "Not what was after: a duration before now, or a time.")
    private String to;

    @Option(names = "--guest", paramLabel = "GUEST", description = "This guest; may be given again. Default: all")
    private List<String> guests = List.of();

    @Option(names = "--node", paramLabel = "NODE", description = "This node; may be given again. Default: all")
    private List<String> nodes = List.of();

    @Option(names = "--svg", paramLabel = "FILE", description = "Write a picture into this file.")
    private Path svg;

    @Option(names = "--html", paramLabel = "FILE", description = "Write a page with the picture and the list into this file.")
    private Path html;

    @Override
    public Integer call() {
        Instant now = Instant.now();
        Instant begin = from == null ? Instant.EPOCH : Since.parse("--from", from, now);
        Instant end = to == null ? Instant.MAX : Since.parse("--to", to, now);
        if (end.isBefore(begin)) {
            throw Failure.badInput("--to " + to + " is before --from " + from);
        }
        Set<String> wanted = new HashSet<>(guests);
        wanted.addAll(nodes);
        try (JournalSource source = journal.open(this)) {
            Past past = from == null ? source.past() : source.past(begin);
            Lanes lanes = Lanes.of(past, begin, end, name -> wanted.isEmpty() || wanted.contains(name));
            String title = source.cluster() + ", " + time(lanes.from()) + " to " + time(lanes.to());
            boolean drawn = draw(svg, Picture.svg(lanes, title, ZoneId.systemDefault()))
                    | draw(html, Picture.html(lanes, title, ZoneId.systemDefault()));
            if (!drawn || screen().isJson()) {
                screen().list(listing(), lanes.marks());
            }
            return ExitCode.OK;
        } catch (Past.BrokenJournal broken) {
            throw Failure.failed(broken.getMessage(), broken);
        }
    }

    private boolean draw(Path file, String content) {
        if (file == null) {
            return false;
        }
        try {
            Files.writeString(file, content);
        } catch (IOException e) {
            throw Failure.failed(file + " could not be written: " + e.getMessage(), e);
        }
        screen().progress("written: " + file);
        return true;
    }

    private static Listing<Mark> listing() {
        return new Listing<>(TimelineCommand::fields)
                .column("TIME", mark -> time(mark.at()))
                .column("DECISION", mark -> String.valueOf(mark.sequence()))
                .column("ABOUT", Mark::entity)
                .column("RULE", Mark::rule)
                .column("WHAT", Mark::summary);
    }

    private static Fields fields(Mark mark) {
        return Fields.of("at", mark.at())
                .and("decision", mark.sequence())
                .and("entry", mark.entry())
                .and("entity", mark.entity())
                .and("rule", mark.rule())
                .and("summary", mark.summary());
    }

    private static String time(Instant at) {
        return TIME.format(at.atZone(ZoneId.systemDefault()));
    }
}
