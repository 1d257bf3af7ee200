package dev.holdfast.guard.supervisor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A process's log: appended to, and set aside as {@code NAME.log.1} at a start once it is longer than 10 MB. */
final class LogFile {

    private static final long LIMIT_BYTES = 10_000_000;

    private LogFile() {}

    /** The file to append to. */
    static Path ready(Path folder, String name) throws IOException {
        Path file = folder.resolve(name + ".log");
        if (Files.exists(file) && Files.size(file) > LIMIT_BYTES) {
            Files.move(file, folder.resolve(name + ".log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
        return file;
    }
}
