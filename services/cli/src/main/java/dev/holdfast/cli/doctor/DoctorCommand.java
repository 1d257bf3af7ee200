package dev.holdfast.cli.doctor;

import dev.holdfast.cli.command.Verb;
import dev.holdfast.cli.output.Fields;
import dev.holdfast.cli.output.Listing;
import java.util.List;
import picocli.CommandLine.Command;

/** Says what is not as it should be. */
@Command(
        name = "doctor",
        description = {
            "Look the whole cluster over and say, one line each, what was measured, what it should be, and what to do.",
            "Nothing is changed, and it ends within 15 s whatever answers. The disks of nodes are looked at "
                    + "where their folders are on this machine."
        },
        exitCodeListHeading = "%nExit codes, as monitors expect them:%n",
        exitCodeList = {
            "0:all is well",
            "1:something will not work in some case that is to be expected",
            "2:something does not work; or a wrong command line",
            "3:there is no cluster in the folder",
        })
public final class DoctorCommand extends Verb {

    private static final Listing<Check> LISTING = new Listing<>(DoctorCommand::fields)
            .column("VERDICT", check -> check.verdict().name())
            .column("CHECK", Check::name)
            .column("WHERE", Check::where)
            .column("MEASURED", Check::measured)
            .column("SHOULD BE", Check::limit)
            .column("WHAT TO DO", Check::advice);

    @Override
    public Integer call() {
        List<Check> checks = Examination.worstFirst(new Examination(config(), data()).run());
        screen().list(LISTING, checks);
        Verdict worst = checks.stream().map(Check::verdict).reduce(Verdict.OK, Verdict::worse);
        screen().progress(count(checks, Verdict.FAIL) + " failed, " + count(checks, Verdict.WARN) + " warned, "
                + count(checks, Verdict.OK) + " well");
        return worst.exitCode();
    }

    private static long count(List<Check> checks, Verdict verdict) {
        return checks.stream().filter(check -> check.verdict() == verdict).count();
    }

    private static Fields fields(Check check) {
        return Fields.of("verdict", check.verdict())
                .and("check", check.name())
                .and("where", check.where())
                .and("measured", check.measured())
                .and("limit", check.limit())
                .and("advice", check.advice());
    }
}
