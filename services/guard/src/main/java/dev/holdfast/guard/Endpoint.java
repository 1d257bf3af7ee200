package dev.holdfast.guard;

import dev.holdfast.guard.process.NativeCalls;
import dev.holdfast.guard.process.ProcessIdentity;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where a node's guard listens. A Unix socket's path may have 108 bytes at most, so the socket lies in a short
 * folder of the user's and the run folder has a file, guard.endpoint, that names it.
 */
public final class Endpoint {

    private static final String FILE = "guard.endpoint";
    private static final String SUFFIX = ".sock";

    private final Path runFolder;
    private final Path socket;

    private Endpoint(Path runFolder, Path socket) {
        this.runFolder = runFolder;
        this.socket = socket;
    }

    /**
     * The socket of the guard that runs, or last ran, with this run folder.
     *
     * @throws IOException if no guard ever ran with this folder
     */
    public static Path read(Path runFolder) throws IOException {
        return Path.of(Files.readString(runFolder.resolve(FILE)).strip());
    }

    /** A free place for a socket; removes what guards that are dead left behind. */
    public static Endpoint create(Path runFolder) throws IOException {
        Path folder = socketFolder(NativeCalls.effectiveUser());
        removeThoseOfTheDead(folder);
        return new Endpoint(runFolder, folder.resolve(nameOf(ProcessIdentity.self())));
    }

    public Path socket() {
        return socket;
    }

    /** Lets clients find it, once something listens there. Only this user may connect. */
    public void publish() throws IOException {
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
        Path next = runFolder.resolve(FILE + ".new");
        Files.writeString(next, socket + "\n");
        Files.move(next, runFolder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    }

    public void remove() throws IOException {
        Files.deleteIfExists(socket);
    }

    private static String nameOf(ProcessIdentity guard) {
        return guard.pid() + "-" + guard.startTicks() + SUFFIX;
    }

    private static void removeThoseOfTheDead(Path folder) throws IOException {
        try (DirectoryStream<Path> sockets = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path socket : sockets) {
                if (isOfTheDead(socket.getFileName().toString())) {
                    Files.deleteIfExists(socket);
                }
            }
        }
    }

    private static boolean isOfTheDead(String name) {
        String guard = name.substring(0, name.length() - SUFFIX.length()).replace('-', ' ');
        try {
            return !ProcessIdentity.parse(guard).isPresent();
        } catch (IllegalArgumentException notOurs) {
            return false;
        }
    }

    /** The folder of this user's sockets; nobody else can look into it. */
    private static Path socketFolder(int user) throws IOException {
        Path folder = Path.of(System.getProperty("java.io.tmpdir"), "holdfast-" + user);
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        Object owner = Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        String mode = PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS));
        if (!owner.equals(user) || !mode.endsWith("------")) {
            throw new IOException(folder + ": is user " + owner + "'s with mode " + mode + ", must be user " + user
                    + "'s with rwx------: remove it and start again");
        }
        return folder;
    }
}
