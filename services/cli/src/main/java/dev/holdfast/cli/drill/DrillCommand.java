package dev.holdfast.cli.drill;

import dev.holdfast.audit.fold.Past;
import dev.holdfast.audit.receipt.Receipt;
import dev.holdfast.audit.receipt.Receipts;
import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.Failure;
import dev.holdfast.cli.audit.JournalSource;
import dev.holdfast.cli.audit.ReceiptFields;
import dev.holdfast.cli.audit.ReceiptFiles;
import dev.holdfast.cli.audit.ReceiptText;
import dev.holdfast.cli.command.Change;
import dev.holdfast.cli.command.DurationOption;
import dev.holdfast.cli.command.Verb;
import dev.holdfast.cli.output.Fields;
import dev.holdfast.cli.output.Json;
import dev.holdfast.cli.output.Span;
import dev.holdfast.cli.read.ClusterAccess;
import dev.holdfast.cli.read.Operator;
import dev.holdfast.core.decide.DrillRule;
import dev.holdfast.core.guest.DrillPolicy;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.GuestState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A rehearsal on the live cluster. */
@Command(
        name = "drill",
        description = "Rehearse on the live cluster, within what the owners of its guests allow, and file the receipts.",
        footerHeading = "%n",
        footer = {
            "Without --pull each guest moves to another node in order and back: two short outages, no loss. With --pull a",
            "node loses its power (SIGKILL to all its processes; on clusters of one host), its guests are recovered",
            "elsewhere, and it is switched on again. Each guest's specification says what may be done with it: 'drill:",
            "forbidden', 'switchover' (the default) or 'pull'. All must be well beforehand: the log answers whether it is,",
            "and every step is a record on it. The receipts are filed as pages and JSON in the cluster's folder, receipts/.",
            "",
            "Examples:",
            "  ./holdfast drill                      move every guest that may be moved, there and back",
            "  ./holdfast drill shop-db --check      may it be done now? Nothing is done",
            "  ./holdfast drill --pull shop-db --yes take the power from the node that runs shop-db",
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:it went as it should",
            "1:refused, or it did not; what went wrong is said",
            "2:wrong command line; nothing was done",
            "3:no cluster, none that answers, or no quorum",
        })
public final class DrillCommand extends Verb {

    private static final String USUAL_WHY = "by hand";
    private static final Duration MOVED_WITHIN = Duration.ofMinutes(1);
    /** Beyond T: for promotion, start and first answer. */
    private static final Duration RECOVERED_WITHIN = Duration.ofMinutes(1);
    private static final String FOLDER = "receipts";

    @Parameters(arity = "0..*", paramLabel = "GUEST", description = "Which guests to move. Default: all that may be moved")
    private List<String> guests = List.of();

    @Option(
            names = "--pull",
            paramLabel = "NODE|GUEST",
            description = "Take the power from this node, or from the one that runs this guest.")
    private String pull;

    @Option(names = "--yes", description = "Needed with --pull: the outage and the loss are real.")
    private boolean yes;

    @Option(
            names = "--max-rpo",
            paramLabel = "DURATION",
            converter = DurationOption.class,
            description = "Refuse it if the newest copy elsewhere of a guest concerned is older. Default: twice the guest's "
                    + "replication interval, at least 10s")
    private Duration maxLoss;

    @Option(
            names = "--within",
            paramLabel = "DURATION",
            converter = DurationOption.class,
            description = "How long a guest may take to answer again. Default: 1m; with --pull 1m after its node can be fenced")
    private Duration within;

    @Option(names = "--check", description = "Only say whether anything speaks against it; nothing is asked of the cluster.")
    private boolean check;

    @Mixin
    private Change change;

    @Override
    public Integer call() {
        if (pull != null && !guests.isEmpty()) {
            throw Failure.badInput("--pull " + pull + ": the guests concerned are those of that node; name no others");
        }
        try (ClusterAccess access = access()) {
            Stage stage = new Stage(access, operator(access), screen()::progress);
            ClusterState state = stage.state();
            if (state.settings() == null) {
                throw Failure.noAnswer("no settings are in force yet: the cluster is still starting");
            }
            return pull == null ? move(stage, state) : pull(stage, state);
        }
    }

    private Operator operator(ClusterAccess access) {
        String why = change.why().equals(USUAL_WHY) ? "drill" : "drill: " + change.why();
        return new Operator(access, change.who(), why, change.timeout());
    }

    // ---- an orderly move

    private int move(Stage stage, ClusterState state) {
        List<String> chosen = guests.isEmpty() ? movable(state) : guests;
        List<String> against = new ArrayList<>();
        for (String name : chosen) {
            GuestState guest = known(state, name);
            against.addAll(DrillRule.againstMoving(state, guest, maxLoss));
            stage.say(name + " moves to another node and back: two outages " + Expected.ofMove(stage.access(), name)
                    + ", nothing is lost");
        }
        if (check) {
            return checked(against);
        }
        Instant begun = Instant.now();
        Outcome outcome = new MoveDrill(stage, maxLoss, within == null ? MOVED_WITHIN : within).run(chosen);
        return file(outcome, state.decisions(), begun, Duration.ZERO);
    }

    private static List<String> movable(ClusterState state) {
        List<String> movable = state.guests().values().stream()
                .filter(guest -> guest.isWanted() && guest.spec().drill() != DrillPolicy.FORBIDDEN)
                .map(GuestState::name)
                .toList();
        if (movable.isEmpty()) {
            throw Failure.failed("no guest may be moved in a drill: none is wanted running whose specification allows it");
        }
        return movable;
    }

    private static GuestState known(ClusterState state, String name) {
        GuestState guest = state.guests().get(name);
        if (guest == null) {
            throw Failure.badInput("no guest '" + name + "'; "
                    + (state.guests().isEmpty() ? "there are none" : "the guests are " + String.join(", ", state.guests().keySet())));
        }
        return guest;
    }

    // ---- a loss of power

    private int pull(Stage stage, ClusterState state) {
        String node = victim(state);
        List<GuestState> hit = DrillRule.on(state, state.node(node));
        Duration fenced = state.settings().timing().silenceUntilFenced();
        stage.say(node + " loses its power. It is fenced about " + Span.of(fenced) + " later (profile "
                + state.settings().timing().profile() + ")" + (hit.isEmpty() ? "; no guest runs there" : ""));
        hit.forEach(guest -> stage.say(guest.name() + " is away for " + Expected.ofPull(stage.access(), guest.name(), fenced)
                + ", and what it wrote after its newest copy is lost"));
        if (check) {
            return checked(DrillRule.againstPulling(state, state.node(node), maxLoss));
        }
        if (!yes) {
            throw Failure.badInput("--pull " + pull + ": nothing was done; with --yes it is");
        }
        Instant begun = Instant.now();
        Outcome outcome = new PullDrill(stage, cluster(), maxLoss, within == null ? fenced.plus(RECOVERED_WITHIN) : within)
                .run(node);
        hit.forEach(guest -> stage.say(guest.name() + " stays where it is now; './holdfast guest switchover " + guest.name()
                + " --to " + node + "' moves it back"));
        return file(outcome, state.decisions(), begun, maxLoss);
    }

    /** A cluster of machines of their own is refused before anything else. */
    private String victim(ClusterState state) {
        if (!check) {
            cluster();
        }
        if (config().nodes().contains(pull)) {
            return pull;
        }
        if (!state.guests().containsKey(pull)) {
            throw Failure.badInput("--pull " + pull + ": no node or guest of that name; the nodes are "
                    + String.join(", ", config().nodes()) + ", the guests " + String.join(", ", state.guests().keySet()));
        }
        String home = Stage.home(state.guests().get(pull));
        if (home == null) {
            throw Failure.failed("--pull " + pull + ": it does not answer anywhere at present");
        }
        return home;
    }

    // ---- what came of it

    private int checked(List<String> against) {
        boolean well = against.isEmpty();
        screen().result(
                well ? "nothing speaks against it" : "no drill: " + String.join("; ", against),
                Fields.of("allowed", well).and("against", against));
        return well ? ExitCode.OK : ExitCode.FAILED;
    }

    /** @param mostLost beyond which it is a fault; null for the usual limit, which the log has held against it already */
    private int file(Outcome outcome, long since, Instant begun, Duration mostLost) {
        List<String> faults = new ArrayList<>(outcome.faults());
        List<Receipt> receipts = receipts(outcome.guests(), since, begun);
        for (String guest : outcome.guests()) {
            if (receipts.stream().noneMatch(receipt -> receipt.guest().equals(guest))) {
                faults.add("the journal tells of no outage of " + guest + " that is over");
            }
        }
        List<String> files = new ArrayList<>();
        Path folder = data().resolve(FOLDER);
        for (Receipt receipt : receipts) {
            Duration lost = receipt.loss().window();
            if (mostLost != null && (lost == null || lost.compareTo(mostLost) > 0)) {
                faults.add(receipt.guest() + " lost " + Span.of(lost) + ", more than " + Span.of(mostLost));
            }
            files.add(ReceiptFiles.file(folder, receipt, config().name()).toString());
        }
        show(receipts, files, faults);
        return faults.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }

    private List<Receipt> receipts(List<String> guests, long since, Instant begun) {
        try (JournalSource journal = journal()) {
            return Receipts.of(journal.past(begun)).stream()
                    .filter(receipt -> receipt.number() > since && guests.contains(receipt.guest()))
                    .toList();
        } catch (Past.BrokenJournal broken) {
            throw Failure.failed(broken.getMessage(), broken);
        }
    }

    private void show(List<Receipt> receipts, List<String> files, List<String> faults) {
        if (screen().isJson()) {
            screen().line(Json.line(Fields.of("passed", faults.isEmpty())
                    .and("faults", faults)
                    .and("receipts", receipts.stream().map(each -> ReceiptFields.of(each, config().name())).toList())
                    .and("files", files)));
            return;
        }
        for (int i = 0; i < receipts.size(); i++) {
            ReceiptText.lines(receipts.get(i), config().name(), ZoneId.systemDefault()).forEach(screen()::line);
            screen().line("  filed as " + files.get(i));
            screen().line("");
        }
        screen().line(faults.isEmpty() ? "PASSED: it went as it should" : "FAILED: " + String.join("; ", faults));
    }
}
