package dev.holdfast.replication.volume;

import dev.holdfast.replication.volume.Entry.RegularFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The stored files of one snapshot.
 *
 * @param root its {@code tree/}
 */
record PartTree(Path root) {

    Path part(RegularFile file, int part) {
        Path path = root.resolve(file.path());
        return file.size() <= Blocks.PART ? path : path.resolve("part-%07d".formatted(part));
    }

    /** Fills the buffer's start with the part and flips it. */
    void readPart(RegularFile file, int part, ByteBuffer into) throws IOException {
        into.clear().limit(Blocks.partLength(file.size(), part));
        read(part(file, part), 0, into);
    }

    /** Appends one block at the buffer's position. */
    void readBlock(RegularFile file, int block, ByteBuffer into) throws IOException {
        ByteBuffer slice = into.slice(into.position(), Blocks.length(file.size(), block));
        read(part(file, block / Blocks.PER_PART), (long) (block % Blocks.PER_PART) * Blocks.BLOCK, slice);
        into.position(into.position() + slice.capacity());
    }

    private static void read(Path path, long offset, ByteBuffer into) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            while (into.hasRemaining()) {
                int read = channel.read(into, offset + into.position());
                if (read < 0) {
                    throw new EOFException("stored part " + path + " is shorter than its manifest says");
                }
            }
        }
        into.flip();
    }
}
