package dev.holdfast.cli.command;

import dev.holdfast.cli.Failure;
import dev.holdfast.core.guest.GuestSpec;
import dev.holdfast.recovery.spec.GuestSpecFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Changes fields of a specification by name, {@code replication.interval=5s}. The result is read again as a file, so
 * that one set of rules and sentences holds for both.
 */
final class SpecEdit {

    private final Map<String, Object> fields;
    private final String guest;

    SpecEdit(GuestSpec spec) {
        this.fields = SpecText.fields(spec);
        this.guest = spec.name();
    }

    /**
     * Sets one field; an empty value takes it out, so that its default holds.
     *
     * @param assignment {@code KEY=VALUE}, the value as in a file
     * @throws Failure if it is no assignment, or sets what cannot be changed
     */
    SpecEdit set(String assignment) {
        int equals = assignment.indexOf('=');
        if (equals < 1) {
            throw Failure.badInput("'" + assignment + "' must be KEY=VALUE, for example replication.interval=5s");
        }
        List<String> path = List.of(assignment.substring(0, equals).split("\\.", 2));
        if (path.equals(List.of("name"))) {
            throw Failure.badInput("name cannot be changed: remove the guest and add it under its new name");
        }
        if (path.equals(List.of("requestedState"))) {
            throw Failure.badInput("requestedState is set with 'guest start', 'stop', 'disable' and 'ignore'");
        }
        put(path, value(assignment, assignment.substring(equals + 1)));
        return this;
    }

    /**
     * The changed specification.
     *
     * @throws Failure with every rule that it breaks
     */
    GuestSpec done() {
        return SpecText.accepted(GuestSpecFile.parse(guest, yaml(fields)));
    }

    static String yaml(Map<String, Object> fields) {
        return new Dump(DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build()).dumpToString(fields);
    }

    private void put(List<String> path, Object value) {
        Map<String, Object> section = fields;
        if (path.size() > 1) {
            section = sectionNamed(path.getFirst());
        }
        if (value == null) {
            section.remove(path.getLast());
        } else {
            section.put(path.getLast(), value);
        }
    }

    private Map<String, Object> sectionNamed(String name) {
        Object section = fields.computeIfAbsent(name, any -> new LinkedHashMap<String, Object>());
        if (!(section instanceof Map<?, ?>)) {
            throw Failure.badInput(name + " has no fields below it: set it as a whole, " + name + "=VALUE");
        }
        @SuppressWarnings("unchecked") // all maps in here were made above or by SpecText, with names as keys
        Map<String, Object> known = (Map<String, Object>) section;
        return known;
    }

    /** Text as a file would hold it: a list or mapping in flow style, a scalar otherwise. */
    private static Object value(String assignment, String text) {
        try {
            return text.isEmpty() ? null : new Load(LoadSettings.builder().build()).loadFromString(text);
        } catch (YamlEngineException malformed) {
            throw Failure.badInput("'" + assignment + "' has no readable value: "
                    + malformed.getMessage().lines().findFirst().orElse("not YAML"));
        }
    }
}
