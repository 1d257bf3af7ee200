package dev.holdfast.simulator.scenario;

import java.util.ArrayList;
import java.util.List;

/** The timeline of a performance, with a word at each line that was expected and did not come, or came unexpected. */
public record Comparison(List<Line> lines) {

    /** What a line is. */
    public enum Kind { COMMAND, AS_EXPECTED, MISSING, UNEXPECTED }

    public record Line(Kind kind, String text) {}

    public Comparison {
        lines = List.copyOf(lines);
    }

    public static Comparison of(Performance performance) {
        List<Line> lines = new ArrayList<>();
        List<Step> steps = performance.scenario().steps();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            lines.add(new Line(Kind.COMMAND, "at " + Times.of(step.at()) + "  " + step.command()));
            merge(step.expected(), performance.timelines().get(i), lines);
            boolean nothing = performance.scenario().expectsAnything() && step.expected().isEmpty()
                    && performance.nothingFollows(i);
            if (nothing) {
                lines.add(new Line(Kind.AS_EXPECTED, Timed.indented(Scenario.NOTHING)));
            }
        }
        lines.add(new Line(Kind.COMMAND, "at " + Times.of(performance.scenario().end()) + "  end"));
        return new Comparison(lines);
    }

    /** Lines that are missing or unexpected. */
    public long differences() {
        return lines.stream().filter(line -> line.kind() == Kind.MISSING || line.kind() == Kind.UNEXPECTED).count();
    }

    /** Along the longest common subsequence. */
    private static void merge(List<Timed> expected, List<Timed> happened, List<Line> lines) {
        int[][] common = new int[expected.size() + 1][happened.size() + 1];
        for (int e = expected.size() - 1; e >= 0; e--) {
            for (int h = happened.size() - 1; h >= 0; h--) {
                common[e][h] = expected.get(e).equals(happened.get(h))
                        ? common[e + 1][h + 1] + 1
                        : Math.max(common[e + 1][h], common[e][h + 1]);
            }
        }
        int e = 0;
        int h = 0;
        while (e < expected.size() || h < happened.size()) {
            boolean both = e < expected.size() && h < happened.size();
            if (both && expected.get(e).equals(happened.get(h))) {
                lines.add(new Line(Kind.AS_EXPECTED, expected.get(e).toString()));
                e++;
                h++;
            } else if (h == happened.size() || both && common[e + 1][h] >= common[e][h + 1]) {
                lines.add(new Line(Kind.MISSING, expected.get(e).toString()));
                e++;
            } else {
                lines.add(new Line(Kind.UNEXPECTED, happened.get(h).toString()));
                h++;
            }
        }
    }
}
