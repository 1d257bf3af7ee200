package dev.holdfast.guard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where a node's guard listens. A Unix socket's path may have 108 bytes at most, so the socket lies in a short
 * folder of the user's and the run folder has a file that names it.
 */
public final class Endpoint {

    private static final String FILE = "guard.endpoint";

    private Endpoint() {}

    /**
     * The socket of the guard that runs, or last ran, with this run folder.
     *
     * @throws IOException if no guard ever ran with this folder
     */
    public static Path read(Path runFolder) throws IOException {
        return Path.of(Files.readString(runFolder.resolve(FILE)).strip());
    }

    static void write(Path runFolder, Path socket) throws IOException {
        Path next = runFolder.resolve(FILE + ".new");
        Files.writeString(next, socket + "\n");
        Files.move(next, runFolder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    }

    /** The folder of this user's sockets; only this user can look into it. */
    static Path socketFolder(int user) throws IOException {
        Path folder = Path.of(System.getProperty("java.io.tmpdir"), "holdfast-" + user);
        if (!Files.isDirectory(folder)) {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        Object owner = Files.getAttribute(folder, "unix:uid");
        boolean open = Files.getPosixFilePermissions(folder).size() > 3;
        if (Files.isSymbolicLink(folder) || !owner.equals(user) || open) {
            throw new IOException(
                    folder + " must be a folder of user " + user + " with mode 0700: remove it and start again");
        }
        return folder;
    }
}
