package dev.holdfast.node.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The key with which one node logs in to the others for replication, and the two lines that the others need of it.
 *
 * <p>The rights of the key are those of {@code ssh -W} and no more: {@code restrict} takes all, and
 * {@code port-forwarding} gives back two of which {@code permitlisten} takes one again (nobody but root can listen on
 * port 1). A command is forced because {@code restrict} alone would still run any.
 */
public final class ReplicationKey {
    private final NodeConfig config;
    private final Path privateKey;
    private final Path knownHosts;

    private ReplicationKey(NodeConfig config, Path privateKey, Path knownHosts) {
        this.config = config;
        this.privateKey = privateKey;
        this.knownHosts = knownHosts;
    }

    /** The key of the node in the folder, whether it is there or not, and whether it is used yet or not. */
    public static ReplicationKey of(NodeConfig config, NodeFolder folder) {
        return config.replication().ssh()
                .map(ssh -> ssh.settings(folder))
                .map(settings -> new ReplicationKey(config, settings.keyFile(), settings.knownHosts()))
                .orElseGet(() -> new ReplicationKey(config, folder.replicationKey(), folder.knownHosts()));
    }

    public Path privateKey() {
        return privateKey;
    }

    /** Where the other machines' lines belong on this one. */
    public Path knownHosts() {
        return knownHosts;
    }

    /**
     * Makes what is missing: the key, without a passphrase since nobody could type it, and an empty known-hosts file.
     *
     * @return whether the key was made
     * @throws IOException with the reason of ssh-keygen, or that it is not installed
     */
    public boolean make() throws IOException {
        if (Files.notExists(knownHosts)) {
            Files.createFile(knownHosts);
        }
        if (Files.exists(privateKey)) {
            return false;
        }
        generate();
        return true;
    }

    /** For authorized_keys of the account on every other machine. */
    public String authorizedKeysLine() throws IOException {
        String permitted = config.cluster().nodes().stream()
                .filter(node -> !node.equals(config.node()))
                .map(config.cluster()::loopbackOf)
                .distinct()
                .map(address -> "permitopen=\"" + address + ":" + Ports.REPLICATION + "\"")
                .collect(Collectors.joining(","));
        return "restrict,port-forwarding," + permitted + ",permitlisten=\"127.0.0.1:1\",command=\"/bin/false\" "
                + typeAndKey(Path.of(privateKey + ".pub")) + " holdfast-" + config.node();
    }

    /**
     * For the file of known hosts on every other machine.
     *
     * @param hostKey public host key of this machine's sshd
     */
    public String knownHostsLine(Path hostKey) throws IOException {
        return config.cluster().hostOf(config.node()) + " " + typeAndKey(hostKey);
    }

    private static String typeAndKey(Path file) throws IOException {
        try {
            String[] words = Files.readString(file).strip().split("\\s+");
            if (words.length < 2 || !words[0].matches("(ssh|ecdsa|sk)-[A-Za-z0-9@.-]+")) {
                throw new IOException(file + " holds no public key");
            }
            return String.join(" ", Arrays.asList(words).subList(0, 2));
        } catch (NoSuchFileException missing) {
            throw new IOException("there is no public key " + file, missing);
        }
    }

    private void generate() throws IOException {
        Process keygen = start();
        keygen.getOutputStream().close();
        String said = new String(keygen.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            if (keygen.waitFor() != 0) {
                throw new IOException("ssh-keygen made no key " + privateKey + ": " + said.replace('\n', ' '));
            }
        } catch (InterruptedException interrupted) {
            keygen.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    private Process start() throws IOException {
        try {
            return new ProcessBuilder(
                            "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "holdfast-" + config.node(),
                            "-f", privateKey.toString())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException missing) {
            throw new IOException(
                    "ssh-keygen cannot be started (install openssh-client): " + missing.getMessage(), missing);
        }
    }
}
