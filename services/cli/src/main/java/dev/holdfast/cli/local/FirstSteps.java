package dev.holdfast.cli.local;

import dev.holdfast.cli.Failure;
import dev.holdfast.node.cluster.ClusterFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether the second half of init is still to be done: topics and first settings need brokers, so they can only be made
 * once the cluster runs for the first time. The mark makes it an explicit step that an interrupted init takes up again,
 * and never something a node does because it found nothing.
 */
final class FirstSteps {

    private FirstSteps() {}

    static boolean arePending(ClusterFolder folder) {
        return Files.exists(mark(folder));
    }

    static void markPending(ClusterFolder folder) throws IOException {
        Files.writeString(mark(folder), "");
    }

    static void markDone(ClusterFolder folder) {
        try {
            Files.deleteIfExists(mark(folder));
        } catch (IOException failed) {
            throw Failure.failed("cannot remove " + mark(folder) + ": " + failed.getMessage(), failed);
        }
    }

    private static Path mark(ClusterFolder folder) {
        return folder.root().resolve("init.pending");
    }
}
