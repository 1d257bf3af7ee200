package dev.holdfast.simulator.scenario;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes what happened into a scenario's text, in place of what was expected; all else stays as it is. */
public final class ScenarioWriter {

    private ScenarioWriter() {}

    public static List<String> rewritten(List<String> lines, Performance performance) {
        Map<Integer, List<String>> byLine = new HashMap<>();
        for (int i = 0; i < performance.scenario().steps().size(); i++) {
            byLine.put(performance.scenario().steps().get(i).line(), performance.nothingFollows(i)
                    ? List.of(Timed.indented(Scenario.NOTHING))
                    : performance.timelines().get(i).stream().map(Timed::toString).toList());
        }
        List<String> written = new ArrayList<>();
        boolean story = false;
        for (int i = 0; i < lines.size(); i++) {
            story |= byLine.containsKey(i + 1);
            String line = lines.get(i).strip();
            boolean old = story && (line.startsWith("+") || line.equals(Scenario.NOTHING));
            if (!old) {
                written.add(lines.get(i));
            }
            written.addAll(byLine.getOrDefault(i + 1, List.of()));
        }
        return written;
    }
}
