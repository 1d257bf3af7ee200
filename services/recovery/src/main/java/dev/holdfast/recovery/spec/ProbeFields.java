package dev.holdfast.recovery.spec;

import dev.holdfast.core.guest.ProbeSpec;
import dev.holdfast.core.guest.ProbeTiming;
import java.util.List;
import java.util.Optional;

/** Reads the {@code probe} of a guest spec: {@code kind} decides which further fields there are. */
final class ProbeFields {

    private static final String FIELD = "probe";
    private static final List<String> KINDS = List.of("tcp", "http", "sql");
    private static final ProbeSpec STAND_IN = new ProbeSpec.Tcp(ProbeTiming.DEFAULT);

    private ProbeFields() {
    }

    /** The probe, {@code null} if the guest has none, or a stand-in if it was refused. */
    static ProbeSpec read(YamlSection guest, Problems problems) {
        return guest.section(FIELD).map(fields -> probe(fields, problems).orElse(STAND_IN)).orElse(null);
    }

    private static Optional<ProbeSpec> probe(YamlSection fields, Problems problems) {
        String kind = fields.text("kind", "");
        ProbeTiming timing = timing(fields, problems);
        Optional<ProbeSpec> probe = switch (kind) {
            case "tcp" -> Optional.of(new ProbeSpec.Tcp(timing));
            case "http" -> problems.collect(FIELD, () -> new ProbeSpec.Http(fields.text("path", "/"),
                    fields.number("leastStatus", 200), fields.number("mostStatus", 399), timing));
            case "sql" -> problems.collect(FIELD, () -> new ProbeSpec.Sql(fields.text("url", null),
                    fields.text("user", null), fields.text("password", null), fields.text("query", null), timing));
            default -> {
                fields.refuse("kind", kind.isEmpty() ? null : kind, "must be tcp, http or sql");
                yield Optional.empty();
            }
        };
        if (KINDS.contains(kind)) { // Without a kind nobody can say which fields are too many.
            fields.end();
        }
        return probe;
    }

    private static ProbeTiming timing(YamlSection fields, Problems problems) {
        ProbeTiming usual = ProbeTiming.DEFAULT;
        return problems.collect(FIELD, () -> new ProbeTiming(
                fields.duration("interval", usual.interval()),
                fields.duration("timeout", usual.timeout()),
                fields.number("failuresBeforeDown", usual.failuresBeforeDown()),
                fields.duration("startWithin", usual.startWithin()))).orElse(usual);
    }
}
