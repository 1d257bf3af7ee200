package dev.holdfast.cli.demo;

import java.util.Locale;

/**
 * Whose plug is pulled.
 *
 * @param kind how the node is chosen
 * @param node its name; null unless it was named
 */
public record Pull(Kind kind, String node) {

    /** How the victim is chosen. */
    public enum Kind {
        /** The node that runs the guest. */
        OWNER,
        /** The node that runs the guest and holds every other role as well. */
        WORST,
        /** A node named by the user, whatever it does. */
        NAMED
    }

    /** {@code owner}, {@code worst} or the name of a node, whose existence is not checked here. */
    public static Pull parse(String text) {
        return switch (text) {
            case "owner" -> new Pull(Kind.OWNER, null);
            case "worst" -> new Pull(Kind.WORST, null);
            default -> new Pull(Kind.NAMED, text);
        };
    }

    @Override
    public String toString() {
        return kind == Kind.NAMED ? node : kind.name().toLowerCase(Locale.ROOT);
    }
}
