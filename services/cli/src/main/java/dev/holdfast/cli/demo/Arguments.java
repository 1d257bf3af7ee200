package dev.holdfast.cli.demo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code --name=value} arguments of the small mains here, which start faster without a library for it.
 *
 * @param values by name, without the dashes
 * @param rest   what follows a lone {@code --}
 */
record Arguments(Map<String, String> values, List<String> rest) {

    /** @throws IllegalArgumentException for anything that is not one of the known {@code --name=value} */
    static Arguments parse(List<String> arguments, Set<String> known) {
        int end = arguments.indexOf("--");
        List<String> named = end < 0 ? arguments : arguments.subList(0, end);
        Map<String, String> values = new HashMap<>();
        for (String argument : named) {
            int equals = argument.indexOf('=');
            String name = argument.startsWith("--") && equals > 2 ? argument.substring(2, equals) : null;
            if (name == null || !known.contains(name)) {
                throw new IllegalArgumentException("'%s' is not one of %s, each as --name=value"
                        .formatted(argument, known.stream().sorted().toList()));
            }
            values.put(name, argument.substring(equals + 1));
        }
        return new Arguments(values, end < 0 ? List.of() : List.copyOf(arguments.subList(end + 1, arguments.size())));
    }

    /** The value, or the other one; an error if both are missing. */
    String text(String name, String otherwise) {
        String value = values.getOrDefault(name, otherwise);
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException("--%s=… must be given".formatted(name));
        }
        return value;
    }

    /** A number that counts something: 0 to 2,147,483,647. */
    int count(String name, String otherwise) {
        long value = number(name, otherwise);
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("--%s '%d' must be 0 to %d".formatted(name, value, Integer.MAX_VALUE));
        }
        return (int) value;
    }

    long number(String name, String otherwise) {
        String value = text(name, otherwise);
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("--%s '%s' must be a whole number".formatted(name, value), notANumber);
        }
    }
}
