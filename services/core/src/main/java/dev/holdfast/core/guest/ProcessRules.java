package dev.holdfast.core.guest;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What a guest's process may be given: bounded, so that a spec always fits into one record of the log. */
final class ProcessRules {

    private static final int MOST_ARGUMENTS = 256;
    private static final int MOST_VARIABLES = 128;
    private static final int MOST_CHARACTERS = 16_384;
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");
    private static final Pattern IPV4 =
            Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");

    private ProcessRules() {
    }

    static void command(Checks checks, String field, List<String> command) {
        if (command == null || command.isEmpty()) {
            checks.that(false, field, null, "must name a program, for example [\"${java}\", \"-jar\", \"app.jar\"]");
            return;
        }
        checks.that(command.size() <= MOST_ARGUMENTS, field, command.size() + " entries",
                "must have at most %d entries".formatted(MOST_ARGUMENTS));
        for (int i = 0; i < command.size(); i++) {
            String entry = "%s[%d]".formatted(field, i);
            checks.text(entry, command.get(i), MOST_CHARACTERS).placeholders(entry, command.get(i));
        }
        checks.that(command.getFirst() == null || !command.getFirst().isBlank(), field + "[0]", command.getFirst(),
                "must name a program");
        bounded(checks, field, command.stream().mapToInt(ProcessRules::length).sum());
    }

    static void environment(Checks checks, Map<String, String> environment) {
        if (environment == null) {
            checks.given("environment", null);
            return;
        }
        checks.that(environment.size() <= MOST_VARIABLES, "environment", environment.size() + " variables",
                "must have at most %d variables".formatted(MOST_VARIABLES));
        environment.forEach((name, value) -> {
            String field = "environment." + name;
            checks.that(name != null && VARIABLE.matcher(name).matches(), field, name,
                    "must be named with letters, digits and '_', not beginning with a digit");
            checks.that(name == null || !name.startsWith("HOLDFAST_"), field, name,
                    "must not begin with HOLDFAST_: those are set by Holdfast");
            checks.text(field, value, MOST_CHARACTERS).placeholders(field, value);
        });
        bounded(checks, "environment", environment.entrySet().stream()
                .mapToInt(entry -> length(entry.getKey()) + length(entry.getValue())).sum());
    }

    static void address(Checks checks, String address) {
        if (address != null) {
            checks.that(IPV4.matcher(address).matches() && !address.startsWith("0."), "address", address,
                    "must be one IPv4 address, for example 127.77.100.1, or be left out");
        }
    }

    private static void bounded(Checks checks, String field, int characters) {
        checks.that(characters <= MOST_CHARACTERS, field, characters + " characters",
                "must have at most %d characters together".formatted(MOST_CHARACTERS));
    }

    private static int length(String text) {
        return text == null ? 0 : text.length();
    }
}
