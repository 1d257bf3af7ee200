package dev.holdfast.replication.volume;

import java.util.regex.Pattern;

/** Names of guests, nodes and asides: safe as a directory, as a dataset and in a report. */
public final class VolumeName {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    private VolumeName() {}

    public static boolean isValid(String name) {
        return NAME.matcher(name).matches();
    }

    /** @throws IllegalArgumentException if it is none */
    public static void require(String what, String name) {
        if (!isValid(name)) {
            throw new IllegalArgumentException(what + " '" + name
                    + "': 1 to 63 letters, digits, dots, underscores and hyphens, the first a letter or digit");
        }
    }
}
