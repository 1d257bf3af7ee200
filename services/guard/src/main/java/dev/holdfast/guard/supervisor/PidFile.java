package dev.holdfast.guard.supervisor;

import dev.holdfast.guard.process.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** run/NAME.pid with {@code pid starttime}, so that whoever kills by it can never hit another process. */
public final class PidFile {

    private final Path file;

    /**
     * @param runFolder the node's run folder
     * @param name supervisor, guard or node
     */
    public PidFile(Path runFolder, String name) {
        this.file = runFolder.resolve(name + ".pid");
    }

    /**
     * The recorded process; it need not be alive.
     *
     * @throws IllegalArgumentException if the file holds something else
     */
    public Optional<ProcessIdentity> read() throws IOException {
        return Files.exists(file) ? Optional.of(ProcessIdentity.parse(Files.readString(file))) : Optional.empty();
    }

    void write(ProcessIdentity process) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(next, process + "\n");
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    void remove() throws IOException {
        Files.deleteIfExists(file);
    }
}
