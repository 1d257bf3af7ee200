package dev.holdfast.recovery.spec;

import dev.holdfast.core.guest.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * One mapping of a YAML file, read field by field.
 *
 * <p>Whatever cannot be read is reported and replaced by the default, so that reading goes on and finds the rest.
 * {@link #end} refuses every field nobody asked for.
 */
final class YamlSection {

    private final String path;
    private final Problems problems;
    private final Map<String, Node> fields = new LinkedHashMap<>();
    private final Set<String> asked = new LinkedHashSet<>();

    private YamlSection(String path, Problems problems) {
        this.path = path;
        this.problems = problems;
    }

    /** The section of a node that should be a mapping; an empty section if it is not. */
    static YamlSection of(Node node, String path, Problems problems) {
        YamlSection section = new YamlSection(path, problems);
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(section::take);
        } else {
            problems.add(path, shown(node), "must be a mapping of fields, one 'field: value' a line");
        }
        return section;
    }

    /** Text of a scalar; {@code otherwise} if the field is missing or empty. */
    String text(String field, String otherwise) {
        return scalar(field).orElse(otherwise);
    }

    int number(String field, int otherwise) {
        Optional<String> text = scalar(field);
        try {
            return text.map(Integer::valueOf).orElse(otherwise);
        } catch (NumberFormatException notANumber) {
            refuse(field, text.orElseThrow(), "must be a whole number");
            return otherwise;
        }
    }

    boolean flag(String field, boolean otherwise) {
        Optional<String> text = scalar(field);
        if (text.isPresent() && !text.get().equals("true") && !text.get().equals("false")) {
            refuse(field, text.get(), "must be true or false");
            return otherwise;
        }
        return text.map(Boolean::valueOf).orElse(otherwise);
    }

    Duration duration(String field, Duration otherwise) {
        Optional<String> text = scalar(field);
        if (text.isEmpty()) {
            return otherwise;
        }
        return DurationText.parse(text.get()).orElseGet(() -> {
            refuse(field, text.get(), DurationText.FORM);
            return otherwise;
        });
    }

    /** One of an enum's names in lower case. */
    <E extends Enum<E>> E choice(String field, Class<E> kind, E otherwise) {
        Optional<String> text = scalar(field);
        if (text.isEmpty()) {
            return otherwise;
        }
        return Stream.of(kind.getEnumConstants())
                .filter(constant -> constant.name().toLowerCase(Locale.ROOT).equals(text.get())).findFirst()
                .orElseGet(() -> {
                    refuse(field, text.get(), "must be " + Stream.of(kind.getEnumConstants())
                            .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(" or ")));
                    return otherwise;
                });
    }

    /** A sequence of scalars; empty if the field is missing. */
    List<String> texts(String field) {
        Node node = ask(field);
        if (node == null) {
            return List.of();
        }
        if (!(node instanceof SequenceNode sequence)) {
            refuse(field, shown(node), "must be a list, for example [one, two] or one '- entry' a line");
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < sequence.getValue().size(); i++) {
            String entry = "%s[%d]".formatted(field, i);
            Node value = sequence.getValue().get(i);
            problems.locate(full(entry), lineOf(value));
            texts.add(scalar(entry, value).orElse(""));
        }
        return texts;
    }

    /** A mapping of scalars whose names are free; empty if the field is missing. */
    Map<String, String> textsByName(String field) {
        Optional<YamlSection> section = section(field);
        Map<String, String> texts = new LinkedHashMap<>();
        section.ifPresent(names -> names.fields.keySet().forEach(name -> texts.put(name, names.text(name, ""))));
        return texts;
    }

    /** The section below a field, or empty if the field is missing. */
    Optional<YamlSection> section(String field) {
        Node node = ask(field);
        return node == null ? Optional.empty() : Optional.of(of(node, full(field), problems));
    }

    /** Refuses the fields nobody asked for. */
    void end() {
        fields.forEach((field, node) -> {
            if (!asked.contains(field)) {
                String meant = NearestName.of(field, asked).map(" Did you mean %s?"::formatted).orElse("");
                problems.add(full(field), null, "is not a field here.%s There are: %s".formatted(
                        meant, String.join(", ", asked)));
            }
        });
    }

    void refuse(String field, String value, String rule) {
        problems.add(full(field), value, rule);
    }

    private void take(NodeTuple entry) {
        Node key = entry.getKeyNode();
        if (!(key instanceof ScalarNode name)) {
            problems.addAt(lineOf(key), path, shown(key), "must have plain names as fields");
            return;
        }
        String field = name.getValue();
        if (fields.putIfAbsent(field, entry.getValueNode()) != null) {
            problems.addAt(lineOf(key), full(field), null, "is given twice: keep one of them");
        }
        problems.locate(full(field), lineOf(key));
    }

    private Optional<String> scalar(String field) {
        Node node = ask(field);
        return node == null ? Optional.empty() : scalar(field, node);
    }

    private Optional<String> scalar(String field, Node node) {
        if (!(node instanceof ScalarNode scalar)) {
            refuse(field, shown(node), "must be one value");
            return Optional.empty();
        }
        if (scalar.getTag().equals(Tag.NULL)) {
            refuse(field, null, "has no value: give one, or remove the field");
            return Optional.empty();
        }
        return Optional.of(scalar.getValue());
    }

    private Node ask(String field) {
        asked.add(field);
        return fields.get(field);
    }

    private String full(String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    static int lineOf(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(-1) + 1;
    }

    private static String shown(Node node) {
        return switch (node) {
            case ScalarNode scalar -> scalar.getValue();
            case SequenceNode _ -> "a list";
            case MappingNode _ -> "a mapping";
            default -> node.getNodeType().toString();
        };
    }
}
