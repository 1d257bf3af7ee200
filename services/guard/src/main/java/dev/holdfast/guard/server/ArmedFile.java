package dev.holdfast.guard.server;

import dev.holdfast.core.node.Incarnation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The newest incarnation that was ever armed here, on disk: a guard that died took its guests along, which is a
 * lapse, so the next guard must not arm for the same incarnation again.
 */
final class ArmedFile {

    private final Path file;
    private final String machine;

    ArmedFile(Path runFolder, String machine) {
        this.file = runFolder.resolve("guard.incarnation");
        this.machine = machine;
    }

    /** Null if none was armed on this machine; a file of another machine does not count. */
    Incarnation read() throws IOException {
        if (!Files.exists(file)) {
            return null;
        }
        String[] words = Files.readString(file).strip().split(" ", -1);
        if (words.length != 2) {
            throw new IOException(file + ": expected 'machine incarnation'; remove it if the node is new");
        }
        return words[0].equals(machine) ? Incarnation.parse(words[1]) : null;
    }

    /** On disk when it returns. */
    void write(Incarnation incarnation) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".new");
        byte[] line = (machine + " " + incarnation + "\n").getBytes(StandardCharsets.UTF_8);
        try (FileChannel channel = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(line);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
