package dev.holdfast.core.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Visits every state that a model can reach, nearest first, so that what it finds is a shortest way to a violation.
 * One thread, no clock, no hash seed: two runs come to the same end.
 */
public final class Checker<S> {

    private static final int NONE = -1;

    private final Model<S> model;
    private final Visited<S> visited = new Visited<>();
    private final List<Integer> cameFrom = new ArrayList<>();
    private final Map<String, Long> taken = new TreeMap<>();
    private long steps;
    private int current;

    private Checker(Model<S> model) {
        this.model = model;
    }

    /**
     * @param mostStates more of them are an error: a model that outgrew its bounds proves nothing
     */
    public static <S> Outcome explore(Model<S> model, int mostStates) {
        return new Checker<>(model).run(mostStates);
    }

    private Outcome run(int mostStates) {
        current = NONE;
        for (S beginning : model.beginnings()) {
            visit(beginning);
        }
        int depth = 0;
        int levelEnds = visited.size();
        for (int at = 0; at < visited.size(); at++) {
            if (at == levelEnds) {
                depth++;
                levelEnds = visited.size();
            }
            S state = visited.get(at);
            String violation = model.violation(state);
            if (violation != null) {
                return new Outcome(visited.size(), steps, depth, taken, violation, traceTo(at));
            }
            if (visited.size() > mostStates) {
                throw new IllegalStateException("more than " + mostStates + " states");
            }
            current = at;
            model.steps(state, this::take);
        }
        return new Outcome(visited.size(), steps, depth, taken, null, List.of());
    }

    private void take(String words, S next) {
        steps++;
        taken.merge(words, 1L, Long::sum);
        visit(next);
    }

    private void visit(S state) {
        if (visited.add(state)) {
            cameFrom.add(current);
        }
    }

    private List<String> traceTo(int end) {
        List<Integer> way = new ArrayList<>();
        for (int at = end; at != NONE; at = cameFrom.get(at)) {
            way.add(at);
        }
        Collections.reverse(way);
        List<String> trace = new ArrayList<>();
        trace.add(line("it begins", visited.get(way.getFirst())));
        for (int i = 1; i < way.size(); i++) {
            S next = visited.get(way.get(i));
            trace.add(line(wordsBetween(visited.get(way.get(i - 1)), next), next));
        }
        return trace;
    }

    /** Steps are not kept, which would cost more than the states: the one taken is looked for again. */
    private String wordsBetween(S before, S after) {
        List<String> found = new ArrayList<>();
        model.steps(before, (words, next) -> {
            if (next.equals(after)) {
                found.add(words);
            }
        });
        return found.getFirst();
    }

    private String line(String words, S state) {
        return String.format("%-44s %s", words, model.describe(state));
    }
}
