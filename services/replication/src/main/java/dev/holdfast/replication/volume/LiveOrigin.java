package dev.holdfast.replication.volume;

import dev.holdfast.core.node.Incarnation;
import java.util.List;

/**
 * Which promotion made the live volume, so that the same promotion run again finds its work done.
 *
 * @param epoch of the promotion
 * @param incarnation of this node, as the promotion named it
 * @param snapshot id of the promoted snapshot
 */
public record LiveOrigin(long epoch, Incarnation incarnation, String snapshot) {

    /** @param directory what tells this live directory from any other, also after renames */
    String encode(String directory) {
        return String.join("\n", Long.toString(epoch), incarnation.toString(), snapshot, directory) + "\n";
    }

    /** @throws IllegalArgumentException if the text was not made by {@link #encode} */
    static LiveOrigin decode(String text) {
        List<String> lines = text.lines().toList();
        if (lines.size() != 4) {
            throw new IllegalArgumentException("live.origin: " + lines.size() + " lines, expected 4");
        }
        return new LiveOrigin(Long.parseLong(lines.get(0)), Incarnation.parse(lines.get(1)), lines.get(2));
    }

    static String directoryIn(String text) {
        return text.lines().skip(3).findFirst().orElse("");
    }
}
