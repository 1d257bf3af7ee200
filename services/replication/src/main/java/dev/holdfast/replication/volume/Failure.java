package dev.holdfast.replication.volume;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads out of an exception what the file system meant. */
public final class Failure {

    private static final long NOTHING_LEFT = 1024 * 1024;

    private Failure() {}

    /** The JDK has no type for ENOSPC, and its text may be in the system's language: so the room itself is asked too. */
    static boolean isNoSpace(IOException failure, Path where) {
        if (String.valueOf(failure.getMessage()).contains("No space left") || failure instanceof NoSpace) {
            return true;
        }
        try {
            return Files.getFileStore(where).getUsableSpace() < NOTHING_LEFT;
        } catch (IOException unknown) {
            return false;
        }
    }

    /** The file and the reason, for people. */
    public static String describe(IOException failure) {
        if (failure instanceof FileSystemException named) {
            String reason = named.getReason() == null ? named.getClass().getSimpleName() : named.getReason();
            return "'" + named.getFile() + "': " + reason;
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    static void requireRoom(Path where, long bytes) throws IOException {
        long free = Files.getFileStore(where).getUsableSpace();
        if (free < bytes) {
            throw new NoSpace("needs " + bytes + " bytes, " + free + " are free on the file system of " + where);
        }
    }

    /** Found before anything was written. */
    static final class NoSpace extends IOException {
        NoSpace(String message) {
            super(message);
        }
    }
}
