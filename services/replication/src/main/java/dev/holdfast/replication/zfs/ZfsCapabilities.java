package dev.holdfast.replication.zfs;

import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the ZFS of this machine can do, as far as the driver makes use of it. Read from what its commands say about
 * themselves, never from their version.
 *
 * @param version for people
 * @param resumeTokens a cut receive can be resumed ({@code receive -s}, {@code send -t})
 * @param rawSend encrypted blocks can be sent as they are ({@code send -w})
 * @param compressedSend compressed blocks can be sent as they are ({@code send -c})
 * @param largeBlocks blocks of more than 128 KiB can be sent ({@code send -L})
 * @param embeddedBlocks blocks stored in their pointers can be sent so ({@code send -e})
 * @param written what was written since a snapshot is counted ({@code written@})
 * @param encryption datasets may be encrypted
 * @param bookmarks an increment can build on what is left of a snapshot that is gone ({@code bookmark})
 */
public record ZfsCapabilities(
        String version,
        boolean resumeTokens,
        boolean rawSend,
        boolean compressedSend,
        boolean largeBlocks,
        boolean embeddedBlocks,
        boolean written,
        boolean encryption,
        boolean bookmarks) {

    private static final Pattern FLAGS = Pattern.compile("^\\s*(send|receive|recv) \\[-([A-Za-z]+)]");

    static ZfsCapabilities detect(Zfs zfs) throws IOException {
        String usage = refusal(zfs, List.of("zfs", "-?"));
        String send = flags(usage, "send");
        // The list of properties is part of what is said about a property that does not exist.
        String properties = refusal(zfs, List.of("zfs", "get", "holdfast"));
        return new ZfsCapabilities(
                version(zfs),
                flags(usage, "receive").contains("s") && properties.contains("receive_resume_token"),
                send.contains("w"),
                send.contains("c"),
                send.contains("L"),
                send.contains("e"),
                properties.contains("written@"),
                properties.contains("keystatus"),
                usage.lines().anyMatch(line -> line.strip().startsWith("bookmark <snapshot")));
    }

    private static String flags(String usage, String command) {
        return usage.lines()
                .map(FLAGS::matcher)
                .filter(Matcher::find)
                .filter(found -> command.equals(found.group(1).replace("recv", "receive")))
                .map(found -> found.group(2))
                .reduce("", String::concat);
    }

    private static String version(Zfs zfs) throws IOException {
        try {
            return String.join(", ", zfs.run(List.of("zfs", "version")));
        } catch (ZfsFailed olderThanTheCommand) {
            return zfs.run(List.of("zpool", "upgrade", "-v")).getFirst().strip();
        }
    }

    /** Usage is written to either stream, and its exit code differs. */
    private static String refusal(Zfs zfs, List<String> command) throws IOException {
        try {
            return String.join("\n", zfs.run(command));
        } catch (ZfsFailed said) {
            if (said.exitCode().isEmpty()) {
                throw said;
            }
            return said.stderr();
        }
    }
}
