package dev.holdfast.simulator.scenario;

import dev.holdfast.core.message.OperatorCommand;
import dev.holdfast.core.node.PoolHealth;
import dev.holdfast.core.node.PoolState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The commands of a scenario as they are written. What an operator asks is written as on the command line. */
public final class Commands {

    /** What a command is read with: the names there are. */
    private record Cast(List<String> nodes, List<CastGuest> guests) {

        String node(String name) {
            return known("node", name, nodes);
        }

        List<Action> each(String names, Function<String, Action> action) {
            return Arrays.stream(names.split("[,\\s]+")).map(this::node).map(action).toList();
        }

        CastGuest guest(String name) {
            known("guest", name, guests.stream().map(CastGuest::name).toList());
            return guests.stream().filter(guest -> guest.name().equals(name)).findFirst().orElseThrow();
        }

        private static String known(String what, String name, List<String> names) {
            if (!names.contains(name)) {
                throw new IllegalArgumentException(
                        what + " is '" + name + "'; it must be one of those above: " + String.join(", ", names));
            }
            return name;
        }
    }

    private interface Reading {

        List<Action> actions(Cast cast, String[] given);
    }

    /**
     * A kind of command.
     *
     * @param written with NODE, NODES, GUEST, COUNT and TIME for what is given
     */
    public record Form(String written, String sentence) {}

    private record Verb(Form form, Pattern pattern, Reading reading) {}

    private static final List<Verb> VERBS = new ArrayList<>();

    static {
        verb("power off NODES", "the machines lose power", (cast, given) -> cast.each(given[0], Action.PowerOff::new));
        verb("power on NODES", "they get it again and boot", (cast, given) -> cast.each(given[0], Action.PowerOn::new));
        verb("freeze NODES", "the nodes' services stand still (SIGSTOP)",
                (cast, given) -> cast.each(given[0], Action.Freeze::new));
        verb("thaw NODES", "they go on, unless their guards killed them",
                (cast, given) -> cast.each(given[0], Action.Thaw::new));
        verb("cut replication NODE NODE", "the two cannot replicate to each other", (cast, given) ->
                List.of(new Action.CutReplication(cast.node(given[0]), cast.node(given[1]))));
        verb("heal replication NODE NODE", "they can again", (cast, given) ->
                List.of(new Action.HealReplication(cast.node(given[0]), cast.node(given[1]))));
        verb("fail store NODE", "a decision maker there can neither read nor commit",
                (cast, given) -> List.of(new Action.StoreFails(cast.node(given[0]))));
        verb("heal store NODE", "it can again", (cast, given) -> List.of(new Action.StoreWorks(cast.node(given[0]))));
        verb("cut NODES", "nothing gets from the nodes to the log, nor back",
                (cast, given) -> cast.each(given[0], Action.Cut::new));
        verb("heal NODES", "it does again", (cast, given) -> cast.each(given[0], Action.Heal::new));
        verb("kill guard NODE", "the guard dies, and its guests with it",
                (cast, given) -> List.of(new Action.KillGuard(cast.node(given[0]))));
        verb("kill services NODE", "the services die where they stand",
                (cast, given) -> List.of(new Action.KillServices(cast.node(given[0]))));
        verb("stall log TIME", "the log takes and gives nothing for so long",
                (cast, given) -> List.of(new Action.StallLog(time(given[0]))));
        verb("crash GUEST", "the guest ends by itself",
                (cast, given) -> List.of(new Action.Crash(cast.guest(given[0]).name())));
        verb("fail COUNT starts of GUEST", "its next starts fail",
                (cast, given) -> List.of(new Action.FailStarts(cast.guest(given[1]).name(), null, count(given[0]))));
        verb("fail COUNT starts of GUEST on NODE", "those there do", (cast, given) -> List.of(
                new Action.FailStarts(cast.guest(given[1]).name(), cast.node(given[2]), count(given[0]))));
        verb("node stop NODE", "as the command: its guests move away first",
                (cast, given) -> List.of(new Action.DrainAndStop(cast.node(given[0]))));
        verb("node stop NODE --no-drain", "its guests end with it",
                (cast, given) -> List.of(new Action.Stop(cast.node(given[0]))));
        verb("node start NODE", "a stopped node is started",
                (cast, given) -> List.of(new Action.Start(cast.node(given[0]))));
        verb("fence confirm NODE", "a person has seen it without power",
                (cast, given) -> asked(new OperatorCommand.ConfirmOff(cast.node(given[0]))));
        verb("node maintenance on NODE", "guests leave it, and it takes none",
                (cast, given) -> asked(new OperatorCommand.BeginMaintenance(cast.node(given[0]))));
        verb("node maintenance off NODE", "it takes guests again",
                (cast, given) -> asked(new OperatorCommand.EndMaintenance(cast.node(given[0]))));
        verb("fill pool of NODES to COUNT %", "so much of the pool of their volumes is used", (cast, given) ->
                cast.each(given[0], node -> new Action.PoolIs(node, used(count(given[1])))));
        verb("degrade pool of NODES", "a device of it is gone", (cast, given) ->
                cast.each(given[0], node -> pool(node, PoolState.DEGRADED, "a device is gone")));
        verb("fault pool of NODES", "it has lost data", (cast, given) ->
                cast.each(given[0], node -> pool(node, PoolState.FAULTED, "too many devices are gone")));
        verb("hide pool of NODES", "its commands do not answer", (cast, given) ->
                cast.each(given[0], node -> pool(node, PoolState.UNREADABLE, "no answer")));
        verb("guest add GUEST", "a guest named above is declared",
                (cast, given) -> List.of(new Action.Declare(cast.guest(given[0]).spec())));
        guestVerb("start", "it is wanted started", OperatorCommand.RequestStart::new);
        guestVerb("stop", "it is wanted stopped", OperatorCommand.RequestStop::new);
        guestVerb("switchover", "it moves without loss", guest -> new OperatorCommand.Switchover(guest, null));
        verb("guest switchover GUEST --to NODE", "it moves there without loss", (cast, given) -> asked(
                new OperatorCommand.Switchover(cast.guest(given[0]).name(), cast.node(given[1]))));
        guestVerb("clear", "its error is over, a person says", OperatorCommand.ClearGuest::new);
        guestVerb("accept-loss", "the loss that it waits for is accepted", OperatorCommand.AcceptLoss::new);
        verb("replicate now GUEST", "it is copied at once",
                (cast, given) -> asked(new OperatorCommand.RequestReplication(cast.guest(given[0]).name())));
        verb("replicate pause GUEST", "it is copied no more, wherever it runs",
                (cast, given) -> asked(new OperatorCommand.PauseReplication(cast.guest(given[0]).name())));
        verb("replicate resume GUEST", "it is copied again",
                (cast, given) -> asked(new OperatorCommand.ResumeReplication(cast.guest(given[0]).name())));
        guestVerb("disable", "it is stopped, and whatever it is in is given up", OperatorCommand.RequestDisable::new);
        guestVerb("ignore", "nothing is decided about it", OperatorCommand.RequestIgnore::new);
        guestVerb("remove", "it is stopped and forgotten", guest -> new OperatorCommand.RemoveGuest(guest, false));
        verb("guest remove GUEST --leave-running", "it runs on, and is forgotten once it has ended",
                (cast, given) -> asked(new OperatorCommand.RemoveGuest(cast.guest(given[0]).name(), true)));
    }

    private Commands() {}

    /** All there are. */
    public static List<Form> forms() {
        return VERBS.stream().map(Verb::form).toList();
    }

    /** @throws IllegalArgumentException naming the field, the value and what it must be */
    static List<Action> parse(String command, List<String> nodes, List<CastGuest> guests) {
        Cast cast = new Cast(nodes, guests);
        for (Verb verb : VERBS) {
            Matcher matcher = verb.pattern().matcher(command);
            if (matcher.matches()) {
                String[] given = new String[matcher.groupCount()];
                Arrays.setAll(given, group -> matcher.group(group + 1).strip());
                return verb.reading().actions(cast, given);
            }
        }
        throw new IllegalArgumentException("command is '" + command + "'; it must be " + likely(command)
                .orElse("one of those that './holdfast scenario commands' lists"));
    }

    /** Forms that begin with the same word. */
    private static Optional<String> likely(String command) {
        String first = command.split("\\s+")[0];
        List<String> forms = forms().stream()
                .map(Form::written)
                .filter(form -> form.startsWith(first + " "))
                .map(form -> "'" + form + "'")
                .toList();
        return forms.isEmpty() ? Optional.empty() : Optional.of(String.join(" or ", forms));
    }

    private static void verb(String written, String sentence, Reading reading) {
        String pattern = written
                .replace("NODES", "(\\S+(?:(?:,\\s*|\\s+)\\S+)*)")
                .replace("NODE", "(\\S+)")
                .replace("GUEST", "(\\S+)")
                .replace("COUNT", "(\\d{1,4})")
                .replace("TIME", "(.+)")
                .replace(" ", "\\s+");
        VERBS.add(new Verb(new Form(written, sentence), Pattern.compile(pattern), reading));
    }

    private static void guestVerb(String name, String sentence, Function<String, OperatorCommand.Request> request) {
        verb("guest " + name + " GUEST", sentence,
                (cast, given) -> asked(request.apply(cast.guest(given[0]).name())));
    }

    private static List<Action> asked(OperatorCommand.Request request) {
        return List.of(new Action.Ask(request));
    }

    private static Action pool(String node, PoolState state, String detail) {
        return new Action.PoolIs(node, new PoolHealth("tank", state, 100, 12, 0, null, detail));
    }

    private static PoolHealth used(int percent) {
        if (percent > 100) {
            throw new IllegalArgumentException("a pool cannot be " + percent + " % used; it must be from 0 to 100");
        }
        return new PoolHealth("tank", PoolState.ONLINE, 100, percent, 0, null, "");
    }

    private static Duration time(String text) {
        return Times.parse("time", text);
    }

    private static int count(String text) {
        return Integer.parseInt(text);
    }
}
