package dev.holdfast.simulator.scenario;

import dev.holdfast.core.guest.InvalidGuestSpec;
import dev.holdfast.core.guest.NodeRules;
import dev.holdfast.core.guest.RequestedState;
import dev.holdfast.core.guest.RestartPolicy;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A guest as a scenario writes it: {@code db on a, replicated every 3 s, may lose 10 s, 1 restart, 1 relocation}. */
final class GuestLine {

    static final String FORM = "NAME [on NODE][, replicated every TIME][, may lose TIME][, COUNT restarts]"
            + "[, COUNT relocations][, back-off TIME][, only on NODE NODE ...][, rather on NODE ...]"
            + "[, stays on its pool][, stopped]";

    private static final Pattern NAMED = Pattern.compile("(\\S+)(?:\\s+on\\s+(\\S+))?");
    private static final Pattern RESTARTS = Pattern.compile("(\\d{1,3}) restarts?");
    private static final Pattern RELOCATIONS = Pattern.compile("(\\d{1,3}) relocations?");

    private final List<String> nodes;
    private String name;
    private String startsOn;
    private Duration replicated = Duration.ofSeconds(5);
    private Duration maxDataLoss;
    private int restarts = RestartPolicy.DEFAULT.maxRestarts();
    private int relocations = RestartPolicy.DEFAULT.maxRelocations();
    private Duration backOff = RestartPolicy.DEFAULT.backOff();
    private List<String> allowed = List.of();
    private List<String> preferred = List.of();
    private boolean leavesUnfitPool = true;
    private RequestedState requested = RequestedState.STARTED;

    private GuestLine(List<String> nodes) {
        this.nodes = nodes;
    }

    /** @throws IllegalArgumentException naming the field, the value and what it must be */
    static CastGuest parse(String text, List<String> nodes) {
        GuestLine line = new GuestLine(nodes);
        String[] clauses = text.split(",");
        line.named(clauses[0].strip());
        Arrays.stream(clauses).skip(1).map(String::strip).forEach(line::clause);
        return line.guest();
    }

    private void named(String text) {
        Matcher named = NAMED.matcher(text);
        if (!named.matches()) {
            throw new IllegalArgumentException("guest is '" + text + "'; it must be " + FORM);
        }
        name = named.group(1);
        startsOn = named.group(2) == null ? null : node(named.group(2));
    }

    private void clause(String text) {
        Matcher restart = RESTARTS.matcher(text);
        Matcher relocation = RELOCATIONS.matcher(text);
        if (text.startsWith("replicated every ")) {
            replicated = Times.parse("replicated every", text.substring("replicated every ".length()));
        } else if (text.startsWith("may lose ")) {
            maxDataLoss = Times.parse("may lose", text.substring("may lose ".length()));
        } else if (text.startsWith("back-off ")) {
            backOff = Times.parse("back-off", text.substring("back-off ".length()));
        } else if (restart.matches()) {
            restarts = Integer.parseInt(restart.group(1));
        } else if (relocation.matches()) {
            relocations = Integer.parseInt(relocation.group(1));
        } else if (text.startsWith("only on ")) {
            allowed = names(text.substring("only on ".length()));
        } else if (text.startsWith("rather on ")) {
            preferred = names(text.substring("rather on ".length()));
        } else if (text.equals("stays on its pool")) {
            leavesUnfitPool = false;
        } else if (text.equals("stopped")) {
            requested = RequestedState.STOPPED;
        } else {
            throw new IllegalArgumentException("guest " + name + " has '" + text + "'; it must be " + FORM);
        }
    }

    private List<String> names(String text) {
        return Arrays.stream(text.split("\\s+")).map(this::node).toList();
    }

    private String node(String node) {
        if (!nodes.contains(node)) {
            throw new IllegalArgumentException("node of guest " + name + " is '" + node
                    + "'; it must be one of those above: " + String.join(", ", nodes));
        }
        return node;
    }

    private CastGuest guest() {
        RestartPolicy usual = RestartPolicy.DEFAULT;
        try {
            RestartPolicy restart = new RestartPolicy(
                    restarts, usual.window(), backOff, usual.maxBackOff(), relocations, usual.relocationWindow());
            return new CastGuest(Guests.of(
                    name, restart, replicated, maxDataLoss, new NodeRules(allowed, preferred, false, leavesUnfitPool),
                    requested), startsOn);
        } catch (InvalidGuestSpec wrong) {
            throw new IllegalArgumentException("guest " + name + ": " + wrong.getMessage(), wrong);
        }
    }
}
