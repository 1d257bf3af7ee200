package dev.holdfast.replication.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How this node logs in to every other machine.
 *
 * @param user account on the other machines; it needs neither a shell nor a password
 * @param port their sshd listens on
 * @param keyFile private key of this node, absolute
 * @param knownHosts host keys of the other machines, each under the name of its node; absolute
 */
public record SshSettings(String user, int port, Path keyFile, Path knownHosts) {

    public static final int DEFAULT_PORT = 22;

    private static final Pattern USER = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,31}");
    /** ssh expands %, $ and ~ in paths and separates several by blanks. */
    private static final Pattern PATH = Pattern.compile("/[\\p{L}\\p{N}/._@+,=-]*");
    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE, PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_EXECUTE);

    /** @throws BadSetting naming the first field that breaks its rule */
    public SshSettings {
        BadSetting.require(user != null && USER.matcher(user).matches(), "user", user,
                "must be the name of an account: letters, digits, '.', '_' and '-', beginning with a letter or '_'");
        BadSetting.require(port >= 1 && port <= 65535, "port", port, "must be 1 to 65535");
        requirePath("keyFile", keyFile);
        requirePath("knownHosts", knownHosts);
    }

    /** @throws BadSetting if a file is not there, or others may read the key: ssh would refuse it each time */
    public void requireFiles() {
        requireReadable("keyFile", keyFile);
        requireReadable("knownHosts", knownHosts);
        BadSetting.require(isPrivate(keyFile), "keyFile", keyFile,
                "must be for its owner alone: chmod 600 " + keyFile);
    }

    private static void requirePath(String field, Path path) {
        BadSetting.require(path != null && PATH.matcher(path.toString()).matches(), field, path,
                "must be an absolute path of letters, digits and / . _ @ + , = -");
    }

    private static void requireReadable(String field, Path file) {
        BadSetting.require(Files.isRegularFile(file) && Files.isReadable(file), field, file,
                "must be a file that this node can read: './holdfast node ssh-key FOLDER/NODE' makes it");
    }

    private static boolean isPrivate(Path file) {
        try {
            return Files.getPosixFilePermissions(file).stream().noneMatch(OTHERS::contains);
        } catch (IOException | UnsupportedOperationException unknown) {
            return true;
        }
    }
}
