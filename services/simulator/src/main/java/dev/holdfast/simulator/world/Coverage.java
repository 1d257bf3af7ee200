package dev.holdfast.simulator.world;

import java.util.Map;
import java.util.TreeMap;

/** What really happened in runs: faults that struck and rules that decided, each with its count. */
public final class Coverage {

    private final Map<String, Long> faults = new TreeMap<>();
    private final Map<String, Long> rules = new TreeMap<>();

    void fault(String id) {
        faults.merge(id, 1L, Long::sum);
    }

    void rule(String name) {
        rules.merge(name, 1L, Long::sum);
    }

    /** Adds what happened in another run. */
    public void add(Coverage other) {
        other.faults.forEach((name, count) -> faults.merge(name, count, Long::sum));
        other.rules.forEach((name, count) -> rules.merge(name, count, Long::sum));
    }

    public Map<String, Long> faults() {
        return faults;
    }

    public Map<String, Long> rules() {
        return rules;
    }
}
