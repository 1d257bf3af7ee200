package dev.holdfast.cli.demo;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of evidence, {@code 81234567890123 alive pid=4711 node=a epoch=7}.
 *
 * @param bootNanos CLOCK_BOOTTIME when it was written, in nanoseconds
 * @param kind      what happened
 * @param pid       of the process that says so
 * @param node      that started it
 * @param epoch     of its start
 */
record EvidenceLine(long bootNanos, Kind kind, long pid, String node, long epoch) {

    private static final Pattern WRITTEN =
            Pattern.compile("(\\d{1,18}) (start|alive|exit|DOUBLE) pid=(\\d{1,9}) node=(\\S+) epoch=(\\d{1,18})");

    /** What a guest says about itself. */
    enum Kind {
        START("start"), ALIVE("alive"), EXIT("exit"),
        /** Another process of the same guest held the lock when this one began. */
        DOUBLE("DOUBLE");

        private final String word;

        Kind(String word) {
            this.word = word;
        }
    }

    /** The line as it stands in the file, with its end. */
    String written() {
        return "%d %s pid=%d node=%s epoch=%d\n".formatted(bootNanos, kind.word, pid, node, epoch);
    }

    /** Empty if the text is not such a line. */
    static Optional<EvidenceLine> parse(String text) {
        Matcher line = WRITTEN.matcher(text);
        if (!line.matches()) {
            return Optional.empty();
        }
        return Optional.of(new EvidenceLine(Long.parseLong(line.group(1)),
                Kind.valueOf(line.group(2).toUpperCase(Locale.ROOT)), Long.parseLong(line.group(3)),
                line.group(4), Long.parseLong(line.group(5))));
    }
}
