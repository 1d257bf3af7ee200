package dev.holdfast.simulator.scenario;

import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.node.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a scenario's text: a title, why it matters, what is there, and then commands with what follows each. */
public final class ScenarioReader {

    /** A line that says what is there. */
    private static final Pattern FACT =
            Pattern.compile("(nodes|profile|decision maker|cold start waits|begins|seed|guest)\\s\\s+(\\S.*)");
    private static final Pattern COMMAND = Pattern.compile("at (\\S+ ?[smh])\\s+(\\S.*)");
    private static final Pattern REAL = Pattern.compile("\\s+real\\s+(\\S.*)");
    private static final String END = "end";

    private final String file;
    private final List<String> mistakes = new ArrayList<>();
    private final List<String> prose = new ArrayList<>();
    private final List<CastGuest> guests = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private List<String> nodes = List.of();
    private Timing timing = Timing.DEFAULT;
    private String decisionMakerOn;
    private Duration coldStartWait = ClusterSettings.COLD_START_WAIT;
    private boolean dark;
    private long seed = 1;
    private boolean expectsAnything;
    private Duration end;
    private Opened opened;

    /** A command whose lines are being read. */
    private record Opened(
            int line, Duration at, String command, List<Action> actions, List<Timed> expected,
            List<RealExpectation> real) {

        Step step() {
            return new Step(line, at, command, actions, expected, real);
        }
    }

    private ScenarioReader(String file) {
        this.file = file;
    }

    /**
     * Reads it.
     *
     * @param file for messages
     * @throws InvalidScenario with every mistake there is
     */
    public static Scenario read(String file, List<String> lines) {
        ScenarioReader reader = new ScenarioReader(file);
        for (int i = 0; i < lines.size(); i++) {
            reader.line(i + 1, lines.get(i));
        }
        return reader.scenario();
    }

    private void line(int number, String line) {
        try {
            line(line, number);
        } catch (IllegalArgumentException wrong) {
            mistakes.add(file + ", line " + number + ": " + wrong.getMessage());
        }
    }

    private void line(String line, int number) {
        Matcher fact = FACT.matcher(line);
        Matcher command = COMMAND.matcher(line.strip());
        Matcher real = REAL.matcher(line);
        if (line.isBlank() || line.startsWith("#")) {
            return;
        }
        if (end != null) {
            throw new IllegalArgumentException("'" + line.strip() + "' stands behind the end; nothing must");
        } else if (fact.matches() && opened == null) {
            fact(fact.group(1), fact.group(2).strip());
        } else if (line.startsWith("at ") && !nodes.isEmpty()) {
            if (!command.matches()) {
                throw new IllegalArgumentException("a command is '" + line.strip()
                        + "'; it must be like 'at 12.5 s  power off a'");
            }
            command(number, Times.parse("time", command.group(1)), command.group(2).strip());
        } else if (opened != null && line.strip().startsWith("+")) {
            expectsAnything = true;
            opened.expected().add(Timed.parse(line));
        } else if (opened != null && line.strip().equals(Scenario.NOTHING)) {
            expectsAnything = true;
        } else if (opened != null && real.matches()) {
            opened.real().add(RealExpectation.parse(real.group(1).strip()));
        } else if (nodes.isEmpty()) {
            prose.add(line.strip());
        } else {
            throw new IllegalArgumentException("'" + line.strip() + "' is nothing that may stand here; "
                    + (opened == null
                            ? "facts are nodes, profile, decision maker, cold start waits, begins, seed and guest,"
                                    + " with two blanks before the value"
                            : "below a command are lines that begin with + or real, or 'nothing happens'"));
        }
    }

    private void fact(String name, String value) {
        switch (name) {
            case "nodes" -> nodes = List.of(value.split("[,\\s]+"));
            case "profile" -> timing = Timing.named(value);
            case "decision maker" -> {
                if (!value.startsWith("on ") || !nodes.contains(value.substring(3).strip())) {
                    throw new IllegalArgumentException("decision maker is '" + value + "'; it must be 'on' and one of "
                            + "the nodes above: " + String.join(", ", nodes));
                }
                decisionMakerOn = value.substring(3).strip();
            }
            case "cold start waits" -> coldStartWait = Times.parse(name, value);
            case "begins" -> {
                if (!value.equals("dark") && !value.equals("running")) {
                    throw new IllegalArgumentException("begins is '" + value + "'; it must be dark or running");
                }
                dark = value.equals("dark");
            }
            case "seed" -> {
                if (!value.matches("\\d{1,18}")) {
                    throw new IllegalArgumentException("seed is '" + value + "'; it must be a number");
                }
                seed = Long.parseLong(value);
            }
            default -> {
                CastGuest guest = GuestLine.parse(value, nodes);
                if (guests.stream().anyMatch(other -> other.name().equals(guest.name()))) {
                    throw new IllegalArgumentException("guest " + guest.name() + " is there twice; name each once");
                }
                guests.add(guest);
            }
        }
    }

    private void command(int number, Duration at, String command) {
        Duration before = opened == null ? Duration.ZERO : opened.at();
        if (opened == null && !at.isZero()) {
            throw new IllegalArgumentException("the first command is at " + Times.of(at) + "; it must be at 0 s");
        }
        if (at.compareTo(before) < 0) {
            throw new IllegalArgumentException("time is " + Times.of(at) + "; it must not be before the command above, at "
                    + Times.of(before));
        }
        close();
        if (command.equals(END)) {
            end = at;
            opened = null;
            return;
        }
        // Even if it is none: the lines below it belong to it.
        opened = new Opened(number, at, command, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        opened.actions().addAll(Commands.parse(command, nodes, guests));
    }

    private void close() {
        if (opened != null) {
            steps.add(opened.step());
        }
    }

    private Scenario scenario() {
        Setting setting = null;
        check(!prose.isEmpty(), "there is no title; the first line must be one");
        check(!nodes.isEmpty(), "there are no nodes; name them, as in 'nodes  a, b, c', before profile and guests");
        check(end != null, "there is no end; the last line must be like 'at 60 s  end'");
        check(!steps.isEmpty(), "there is no command; one must be like 'at 0 s  power off a'");
        if (mistakes.isEmpty()) {
            try {
                setting = new Setting(nodes, timing, coldStartWait, decisionMakerOn, seed);
            } catch (IllegalArgumentException wrong) {
                check(false, wrong.getMessage());
            }
        }
        if (!mistakes.isEmpty()) {
            throw new InvalidScenario(mistakes);
        }
        String name = Arrays.asList(file.split("/")).getLast().replaceFirst("\\.txt$", "");
        return new Scenario(
                name, prose.getFirst(), String.join(" ", prose.subList(1, prose.size())), setting, guests, dark, steps,
                expectsAnything, end);
    }

    private void check(boolean holds, String mistake) {
        if (!holds) {
            mistakes.add(file + ": " + mistake);
        }
    }
}
