package dev.holdfast.recovery;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/**
 * A guest's live volume on this node, as a start finds it.
 *
 * @param live the volume itself
 * @param all everything this node keeps of the guest: the volume, snapshots, replicas, what was set aside
 */
record LiveVolume(Path live, Path all) {

    /**
     * Why a start cannot use it.
     *
     * @param nothingThere whether this node keeps nothing at all of the guest, so that it has certainly never run here
     */
    record Problem(String reason, boolean nothingThere) {}

    /** Null if the volume of a guest that has run before is there. */
    Problem missing() throws IOException {
        return Files.isDirectory(live) ? null : new Problem("there is no live volume at " + live, nothingThere());
    }

    private boolean nothingThere() throws IOException {
        if (!Files.exists(all)) {
            return true;
        }
        try (Stream<Path> found = Files.walk(all)) {
            return found.allMatch(Files::isDirectory);
        }
    }

    /**
     * Makes the empty volume of a new guest. It is on the disk before anything can run in it: that it is missing after a
     * power loss must mean that nothing ever ran.
     *
     * @return null if it is there and empty
     */
    Problem create() throws IOException {
        Files.createDirectories(live);
        try (Stream<Path> content = Files.list(live)) {
            if (content.findAny().isPresent()) {
                return new Problem("the volume of the new guest is not empty: " + live, false);
            }
        }
        for (Path folder = live; folder != null && folder.startsWith(all.getParent()); folder = folder.getParent()) {
            try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
                entries.force(true);
            }
        }
        return null;
    }
}
