package dev.holdfast.replication.transport;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A server of OpenSSH of a test's own, on a loopback port, with keys and configuration in a folder. */
public final class Sshd implements AutoCloseable {

    public static final String ALIAS = "b.holdfast";

    private static final Path PROGRAM = Path.of("/usr/sbin/sshd");
    private static final Path PRIVILEGE_SEPARATION = Path.of("/run/sshd");
    private static final long PATIENCE_MS = 30_000;

    private final Path folder;
    private final int port;
    private final Process process;

    private Sshd(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /** Why tests over ssh cannot run here, and how they can. */
    public static Optional<String> missing() {
        if (!Files.isExecutable(PROGRAM)) {
            return Optional.of(PROGRAM + " is missing: infra/ci/prepare, or apt-get install openssh-server");
        }
        if (System.getenv("PATH").lines().flatMap(path -> List.of(path.split(":")).stream())
                .noneMatch(path -> Files.isExecutable(Path.of(path, "ssh")))) {
            return Optional.of("ssh is missing: infra/ci/prepare, or apt-get install openssh-client");
        }
        return Optional.empty();
    }

    /** Returns when it answers. */
    public static Sshd start(Path folder) throws IOException, InterruptedException {
        generate(folder.resolve("host-key"));
        generate(folder.resolve("key"));
        generate(folder.resolve("stranger"));
        Files.writeString(folder.resolve("authorized-keys"), "");
        Files.writeString(folder.resolve("known-hosts"), ALIAS + " " + publicKey(folder.resolve("host-key")));
        if (System.getProperty("user.name").equals("root")) {
            // Its service would make it; as root it insists.
            Files.createDirectories(PRIVILEGE_SEPARATION);
        }
        int port = freePort();
        Files.writeString(folder.resolve("config"), """
                Port %d
                ListenAddress 127.0.0.1
                HostKey %s
                AuthorizedKeysFile %s
                PidFile none
                UsePAM no
                # The folder lies in /tmp, which is everybody's.
                StrictModes no
                PasswordAuthentication no
                KbdInteractiveAuthentication no
                MaxStartups 100
                """.formatted(port, folder.resolve("host-key"), folder.resolve("authorized-keys")));
        Process process = new ProcessBuilder(
                        PROGRAM.toString(), "-D", "-e", "-f", folder.resolve("config").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        Sshd sshd = new Sshd(folder, port, process);
        sshd.awaitAnswer();
        return sshd;
    }

    public int port() {
        return port;
    }

    public Path file(String name) {
        return folder.resolve(name);
    }

    /** Lets the key in under restrictions, as in authorized_keys. */
    public void authorize(String restrictions) throws IOException {
        Files.writeString(folder.resolve("authorized-keys"), restrictions + " " + publicKey(folder.resolve("key")));
    }

    /** How to log in here, on its own port or another that leads to it. */
    public SshSettings settings(int port) {
        return new SshSettings(
                System.getProperty("user.name"), port, folder.resolve("key"), folder.resolve("known-hosts"));
    }

    /** Kills it with every connection it serves. */
    public void kill() {
        List<ProcessHandle> all = process.descendants().toList();
        process.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public void close() {
        kill();
        process.onExit().join();
    }

    private void awaitAnswer() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_MS * 1_000_000;
        while (process.isAlive() && System.nanoTime() < deadline) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                    InputStream in = socket.getInputStream()) {
                if (in.read() == 'S') {
                    return;
                }
            } catch (IOException notYet) {
                Thread.sleep(50);
            }
        }
        throw new IOException("sshd did not start: " + Files.readString(folder.resolve("log")));
    }

    private static void generate(Path key) throws IOException, InterruptedException {
        Process keygen = new ProcessBuilder(
                        "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "test", "-f", key.toString())
                .inheritIO()
                .start();
        if (keygen.waitFor() != 0) {
            throw new IOException("ssh-keygen failed for " + key);
        }
    }

    private static String publicKey(Path key) throws IOException {
        return Files.readString(Path.of(key + ".pub"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return socket.getLocalPort();
        }
    }
}
