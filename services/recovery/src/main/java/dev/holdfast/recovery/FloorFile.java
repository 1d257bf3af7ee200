package dev.holdfast.recovery;

import dev.holdfast.guard.machine.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Per guest the greatest epoch this machine ever began to start: no epoch is started twice (rule R9). */
final class FloorFile {

    private final Path folder;

    /**
     * @param machineFolder the node's folder {@code machine}
     */
    FloorFile(Path machineFolder) {
        this.folder = machineFolder.resolve("floors");
    }

    /** 0 if the guest was never started here. */
    long of(String guest) throws IOException {
        Path file = folder.resolve(guest);
        if (!Files.exists(file)) {
            return 0;
        }
        String text = Files.readString(file).strip();
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException damaged) {
            throw new IOException(file + " is damaged: '" + text + "' is no epoch", damaged);
        }
    }

    /** Files it durably; only then may the guest be started. */
    void raise(String guest, long epoch) throws IOException {
        DurableFile.replace(folder.resolve(guest), epoch + "\n");
    }
}
