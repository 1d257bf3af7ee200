package dev.holdfast.core.guest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What <code>${…}</code> in a guest's command, environment and probe stands for on one node and in one epoch.
 * <code>$${</code> stands for a literal <code>${</code>.
 *
 * @param guest       name of the guest, <code>${guest}</code>
 * @param volume      absolute path of the guest's live volume on this node, <code>${volume}</code>
 * @param address     the guest's own address, <code>${address}</code>; {@code null} if it has none yet, then a spec
 *                    that asks for it is refused
 * @param port        the guest's port, <code>${port}</code>
 * @param node        name of the node that starts it, <code>${node}</code>
 * @param epoch       epoch of this start, <code>${epoch}</code>
 * @param java        absolute path of the java program that runs the node, <code>${java}</code>
 * @param holdfastLib absolute path of the folder of Holdfast's jars, <code>${holdfast.lib}</code>
 */
public record Placeholders(String guest, String volume, String address, int port, String node, long epoch,
                           String java, String holdfastLib) {

    /** The names that can be used, in the order they are documented. */
    public static final List<String> NAMES =
            List.of("guest", "volume", "address", "port", "node", "epoch", "java", "holdfast.lib");

    private static final Pattern REFERENCE = Pattern.compile("\\$\\$\\{|\\$\\{([^}]*)(}?)");

    public Placeholders {
        Objects.requireNonNull(guest, "guest");
        Objects.requireNonNull(volume, "volume");
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(java, "java");
        Objects.requireNonNull(holdfastLib, "holdfastLib");
    }

    /**
     * Replaces every placeholder of the text; a replacement is never expanded again.
     *
     * @param field where the text stands, for the error
     * @throws InvalidGuestSpec if a placeholder is unknown, not closed, or has no value here
     */
    public String expand(String field, String text) {
        Map<String, String> values = values();
        return REFERENCE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(
                found.group(1) == null ? "${" : valueOf(field, text, found.group(1), found.group(2), values)));
    }

    /** {@link #expand(String, String)} for each text; the field in errors gets the index, {@code command[2]}. */
    public List<String> expand(String field, List<String> texts) {
        List<String> expanded = new ArrayList<>(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            expanded.add(expand("%s[%d]".formatted(field, i), texts.get(i)));
        }
        return List.copyOf(expanded);
    }

    /** {@link #expand(String, String)} for each value; names are left alone. */
    public Map<String, String> expand(String field, Map<String, String> texts) {
        Function<Map.Entry<String, String>, String> value =
                entry -> expand("%s.%s".formatted(field, entry.getKey()), entry.getValue());
        return texts.entrySet().stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, value));
    }

    /** The rules that the placeholders of a text break, wherever the guest will run; empty if none. */
    static List<String> problemsOf(String text) {
        List<String> problems = new ArrayList<>();
        REFERENCE.matcher(text).results().filter(found -> found.group(1) != null).forEach(found -> {
            if (found.group(2).isEmpty()) {
                problems.add("opens a placeholder with '${' and does not close it with '}' ('$${' is a literal '${')");
            } else if (!NAMES.contains(found.group(1))) {
                problems.add(unknown(found.group(1)));
            }
        });
        return problems;
    }

    private static String valueOf(String field, String text, String name, String close, Map<String, String> values) {
        List<String> problems = problemsOf("${" + name + close);
        if (!problems.isEmpty()) {
            throw new InvalidGuestSpec(List.of(new Violation(field, text, problems.getFirst())));
        }
        String value = values.get(name);
        if (value == null) {
            throw new InvalidGuestSpec(List.of(new Violation(field, text,
                    "uses ${%s}, but the guest has no %s: give one in its spec".formatted(name, name))));
        }
        return value;
    }

    private static String unknown(String name) {
        return "uses the unknown placeholder ${%s}; there are %s".formatted(name,
                NAMES.stream().map("${%s}"::formatted).collect(Collectors.joining(" ")));
    }

    private Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("guest", guest);
        values.put("volume", volume);
        values.put("address", address);
        values.put("port", Integer.toString(port));
        values.put("node", node);
        values.put("epoch", Long.toString(epoch));
        values.put("java", java);
        values.put("holdfast.lib", holdfastLib);
        return values;
    }
}
