package dev.holdfast.cli.audit;

import dev.holdfast.audit.whatif.Difference;
import dev.holdfast.audit.whatif.Difference.Change;
import dev.holdfast.audit.whatif.Difference.Kind;
import dev.holdfast.audit.whatif.Moment;
import dev.holdfast.cli.output.Fields;
import dev.holdfast.cli.output.Listing;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How differences are shown. */
final class DifferenceLines {

    private DifferenceLines() {}

    static Listing<Difference> listing() {
        return new Listing<Difference>(DifferenceLines::fields)
                .column("TIME", difference -> difference.moment().recordedAt().toString())
                .column("EVENT", DifferenceLines::event)
                .column("CHANGE", difference -> word(difference.change()))
                .column("BY", difference -> span(difference.delta()))
                .column("GUESTS", difference -> String.join(", ", difference.guests()))
                .column("WHY", Difference::text);
    }

    private static String event(Difference difference) {
        return difference.node() + "/" + difference.incarnation()
                + (difference.kind() == Kind.FENCING ? " fenced" : " loses its lease");
    }

    private static Fields fields(Difference difference) {
        return Fields.of("event", event(difference))
                .and("change", word(difference.change()))
                .and("deltaMs", difference.delta() == null ? null : difference.delta().toMillis())
                .and("kind", difference.kind().name().toLowerCase(Locale.ROOT))
                .and("node", difference.node())
                .and("incarnation", difference.incarnation().toString())
                .and("guests", difference.guests())
                .and("recorded", difference.recorded() == null ? null : moment(difference.recorded()))
                .and("supposed", difference.supposed() == null ? null : moment(difference.supposed()))
                .and("text", difference.text());
    }

    private static Map<String, Object> moment(Moment moment) {
        return Fields.of("entry", moment.entry())
                .and("input", moment.input().toString())
                .and("at", moment.recordedAt().toString())
                .map();
    }

    private static String word(Change change) {
        return change.name().toLowerCase(Locale.ROOT);
    }

    /** With a sign, since it may be either. */
    private static String span(Duration delta) {
        if (delta == null) {
            return "";
        }
        long millis = Math.abs(delta.toMillis());
        String sign = delta.isNegative() ? "-" : delta.isZero() ? "" : "+";
        return sign + String.format(Locale.ROOT, "%.1f s", millis / 1_000.0);
    }

    /** All of it in one line. */
    static String summary(List<Difference> differences) {
        List<Difference> fencings = of(differences, Kind.FENCING);
        List<Difference> leases = of(differences, Kind.LEASE);
        return fencings.size() + " fencings: " + counted(fencings) + "; " + leases.size() + " leases that end: "
                + counted(leases) + "; outage of guests " + span(outage(fencings));
    }

    private static List<Difference> of(List<Difference> differences, Kind kind) {
        return differences.stream().filter(difference -> difference.kind() == kind).toList();
    }

    private static String counted(List<Difference> differences) {
        return Stream.of(Change.values())
                .map(change -> differences.stream().filter(each -> each.change() == change).count() + " " + word(change))
                .collect(Collectors.joining(", "));
    }

    /** By what is known of guests that waited for a fencing, each guest by itself. */
    private static Duration outage(List<Difference> fencings) {
        return fencings.stream()
                .filter(fencing -> fencing.change() != Change.ADDED && fencing.delta() != null)
                .map(fencing -> fencing.delta().multipliedBy(fencing.guests().size()))
                .reduce(Duration.ZERO, Duration::plus);
    }
}
