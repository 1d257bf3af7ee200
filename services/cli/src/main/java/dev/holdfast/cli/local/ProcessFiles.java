package dev.holdfast.cli.local;

import dev.holdfast.guard.process.ProcessIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** The files {@code run/<process>.pid}: {@code pid starttime}, so that a pid given away again is not mistaken. */
final class ProcessFiles {

    private ProcessFiles() {}

    /** The process that the file names, if it is alive; empty if it has ended, or there is no such file. */
    static Optional<ProcessIdentity> alive(Path file) {
        try {
            return Optional.of(ProcessIdentity.parse(Files.readString(file))).filter(ProcessIdentity::isAlive);
        } catch (NoSuchFileException neverStarted) {
            return Optional.empty();
        } catch (IllegalArgumentException halfWritten) {
            // Whoever wrote it will write it whole, or has died with it.
            return Optional.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + file, unreadable);
        }
    }

    static void write(Path file, ProcessIdentity identity) throws IOException {
        Files.createDirectories(file.getParent());
        Path next = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(next, identity + "\n");
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
