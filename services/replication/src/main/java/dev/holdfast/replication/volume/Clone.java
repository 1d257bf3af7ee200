package dev.holdfast.replication.volume;

import dev.holdfast.replication.volume.Entry.Directory;
import dev.holdfast.replication.volume.Entry.RegularFile;
import dev.holdfast.replication.volume.Entry.SymbolicLink;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Makes plain files again out of a stored snapshot, which stays as it is. The copying is done by the kernel
 * (copy_file_range), which shares the blocks where the file system can.
 */
final class Clone {

    private final Stored stored;
    private final Path target;
    private final List<Path> written = new ArrayList<>();

    private Clone(Stored stored, Path target) {
        this.stored = stored;
        this.target = target;
    }

    /** Makes {@code target}, which must not exist, complete and durable. */
    static void make(Stored stored, Path target) throws IOException {
        Failure.requireRoom(target.getParent(), stored.manifest().summary().bytes());
        Clone clone = new Clone(stored, target);
        List<Entry> entries = stored.manifest().entries();
        for (Entry entry : entries) {
            clone.make(entry);
        }
        Durable.syncAll(clone.written);
        // Children first: a directory's own mode may forbid, and its mtime would change with, what is done in it.
        for (Entry entry : entries.reversed()) {
            if (entry instanceof Directory directory) {
                clone.finish(directory);
            }
        }
        Durable.sync(target.getParent());
    }

    private void make(Entry entry) throws IOException {
        Path path = target.resolve(entry.path());
        switch (entry) {
            case Directory directory -> Files.createDirectory(path);
            case RegularFile file -> write(file, path);
            case SymbolicLink link -> Files.createSymbolicLink(path, Path.of(link.target()));
        }
    }

    private void write(RegularFile file, Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int part = 0; part < Blocks.parts(file.size()); part++) {
                append(stored.tree().part(file, part), Blocks.partLength(file.size(), part), channel);
            }
            Files.setPosixFilePermissions(path, permissions(file.mode()));
            Files.setLastModifiedTime(path, time(file.mtime()));
        }
        written.add(path);
    }

    private static void append(Path part, int length, FileChannel target) throws IOException {
        try (FileChannel source = FileChannel.open(part, StandardOpenOption.READ)) {
            for (long copied = 0; copied < length; ) {
                long step = source.transferTo(copied, length - copied, target);
                if (step <= 0) {
                    throw new EOFException("stored part " + part + " is shorter than its manifest says");
                }
                copied += step;
            }
        }
    }

    private void finish(Directory directory) throws IOException {
        Path path = target.resolve(directory.path());
        Durable.sync(path);
        Files.setLastModifiedTime(path, time(directory.mtime()));
        Files.setPosixFilePermissions(path, permissions(directory.mode()));
    }

    private static FileTime time(long nanos) {
        return FileTime.from(nanos, TimeUnit.NANOSECONDS);
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] fromHighestBit = PosixFilePermission.values();
        for (int bit = 0; bit < fromHighestBit.length; bit++) {
            if ((mode & 0400 >> bit) != 0) {
                permissions.add(fromHighestBit[bit]);
            }
        }
        return permissions;
    }
}
