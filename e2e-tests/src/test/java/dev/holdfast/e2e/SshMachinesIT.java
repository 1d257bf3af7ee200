package dev.holdfast.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.node.cluster.ConfigFile;
import dev.holdfast.node.cluster.NodeFolder;
import dev.holdfast.node.cluster.ReplicationKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Machines whose replication goes through sshd: set up as operations.md says, with one sshd for the three of them. */
class SshMachinesIT extends MachinesIT {

    private static final Path SSHD = Path.of("/usr/sbin/sshd");

    @TempDir
    Path ssh;

    private Process sshd;

    @BeforeAll
    static void needsSshd() {
        assumeTrue(Files.isExecutable(SSHD), "machines that replicate over ssh are not tested: " + SSHD
                + " is missing: infra/ci/prepare, or apt-get install openssh-server");
    }

    @Override
    void configure() throws Exception {
        int port = startSshd();
        String user = System.getProperty("user.name");
        StringBuilder authorized = new StringBuilder();
        StringBuilder known = new StringBuilder();
        for (String node : NODES) {
            NodeFolder each = folder.node(node);
            holdfast("node", "ssh-key", each.root().toString(), "--host-key", hostKey() + ".pub");
            ReplicationKey key = ReplicationKey.of(ConfigFile.readNode(each.nodeYaml()), each);
            authorized.append(key.authorizedKeysLine()).append('\n');
            known.append(key.knownHostsLine(Path.of(hostKey() + ".pub"))).append('\n');
        }
        Files.writeString(ssh.resolve("authorized-keys"), authorized);
        for (String node : NODES) {
            Files.writeString(folder.node(node).knownHosts(), known);
            Files.writeString(folder.node(node).nodeYaml(),
                    "\nreplication: {transport: ssh, user: %s, port: %d, bytesPerSecond: 100000000}\n"
                            .formatted(user, port),
                    StandardOpenOption.APPEND);
        }
    }

    @AfterEach
    void stopSshd() {
        if (sshd != null) {
            sshd.descendants().forEach(ProcessHandle::destroyForcibly);
            sshd.destroyForcibly().onExit().join();
        }
    }

    private int startSshd() throws IOException, InterruptedException {
        new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", hostKey().toString())
                .inheritIO()
                .start()
                .waitFor();
        if (System.getProperty("user.name").equals("root")) {
            // Its service would make it; as root it insists.
            Files.createDirectories(Path.of("/run/sshd"));
        }
        int port = freePort();
        String listen = NODES.stream().map(node -> "ListenAddress " + address(node)).collect(Collectors.joining("\n"));
        Files.writeString(ssh.resolve("config"), """
                Port %d
                %s
                HostKey %s
                AuthorizedKeysFile %s
                PidFile none
                UsePAM no
                StrictModes no
                PasswordAuthentication no
                KbdInteractiveAuthentication no
                """.formatted(port, listen, hostKey(), ssh.resolve("authorized-keys")));
        sshd = new ProcessBuilder(SSHD.toString(), "-D", "-e", "-f", ssh.resolve("config").toString())
                .redirectErrorStream(true)
                .redirectOutput(ssh.resolve("log").toFile())
                .start();
        return port;
    }

    private Path hostKey() {
        return ssh.resolve("host-key");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(address("a")), 0));
            return socket.getLocalPort();
        }
    }
}
