package dev.holdfast.replication.volume;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.concurrent.Callable;

/** File operations that are still true after a power cut. */
final class Durable {

    private Durable() {}

    /** Syncs a file or a directory: data, size and, for a directory, its names. */
    static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Several at a time: a journal commits what waits for it together, so this is many times faster than one by one. */
    static void syncAll(Collection<Path> paths) throws IOException {
        if (paths.size() <= 2) {
            for (Path path : paths) {
                sync(path);
            }
            return;
        }
        try (Workers workers = Workers.waiting()) {
            workers.run(paths.stream()
                    .<Callable<Void>>map(path -> () -> {
                        sync(path);
                        return null;
                    })
                    .toList());
        }
    }

    static Path createDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory);
            sync(directory.getParent());
        }
        return directory;
    }

    static void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        sync(to.getParent());
        if (!from.getParent().equals(to.getParent())) {
            sync(from.getParent());
        }
    }

    static void write(Path file, ByteBuffer bytes) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    /** Replaces a small file so that a reader, or the next start, sees the old or the new content whole. */
    static void replace(Path file, byte[] content) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.deleteIfExists(next);
        write(next, ByteBuffer.wrap(content));
        sync(next);
        rename(next, file);
    }

    /** Deletes a directory with everything in it, whatever its modes; nothing if it is not there. */
    static void deleteTree(Path directory) throws IOException {
        try {
            Files.walkFileTree(directory, new Delete());
        } catch (NoSuchFileException gone) {
            if (Files.exists(directory, NOFOLLOW_LINKS)) {
                throw gone;
            }
        }
    }

    private static final class Delete extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
            if (!Files.isWritable(directory)) {
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException cause) throws IOException {
            // A read-only or closed directory of the guest: open it and go in again.
            if (!Files.isDirectory(file, NOFOLLOW_LINKS)) {
                throw cause;
            }
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
            Files.walkFileTree(file, this);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
