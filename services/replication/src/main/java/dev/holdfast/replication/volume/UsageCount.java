package dev.holdfast.replication.volume;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;

/** Adds up sizes, each inode once. */
final class UsageCount extends SimpleFileVisitor<Path> {

    private final Set<Object> seen = new HashSet<>();
    private long bytes;

    private UsageCount() {}

    static Usage of(GuestVolume volume) throws IOException {
        VolumeLayout layout = volume.layout;
        long free = Files.getFileStore(layout.folder()).getUsableSpace();
        return new Usage(
                bytes(layout.live()),
                bytes(layout.snapshots(), layout.replicas()),
                bytes(layout.aside()),
                free,
                volume.store.damaged());
    }

    private static long bytes(Path... folders) throws IOException {
        UsageCount count = new UsageCount();
        for (Path folder : folders) {
            if (Files.isDirectory(folder, NOFOLLOW_LINKS)) {
                Files.walkFileTree(folder, count);
            }
        }
        return count.bytes;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (attributes.isRegularFile() && seen.add(attributes.fileKey())) {
            bytes += attributes.size();
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException cause) throws IOException {
        // The guest deletes files while it is counted.
        if (cause instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw cause;
    }
}
