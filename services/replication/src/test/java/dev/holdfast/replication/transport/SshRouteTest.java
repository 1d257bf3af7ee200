package dev.holdfast.replication.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is let in where, by a real sshd, and what is said of whoever is not. */
class SshRouteTest {

    private static final Duration WITHIN = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private Sshd sshd;
    private ServerSocket listening;

    @BeforeEach
    void startSshd() throws Exception {
        assumeTrue(Sshd.missing().isEmpty(), () -> "ways over ssh are not tested: " + Sshd.missing().orElseThrow());
        sshd = Sshd.start(folder);
        listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        permit(listening.getLocalPort());
    }

    @AfterEach
    void stop() throws Exception {
        if (sshd != null) {
            sshd.close();
            listening.close();
        }
    }

    @Test
    void bytesPassBothWaysAndEachEndsByItself() throws Exception {
        try (Connection connection = route(sshd.settings(sshd.port())).open(WITHIN)) {
            connection.output().write("there".getBytes(StandardCharsets.UTF_8));
            connection.endOutput();
            try (Socket arrived = listening.accept()) {
                assertThat(arrived.getInputStream().readAllBytes()).asString().isEqualTo("there");
                arrived.getOutputStream().write("back".getBytes(StandardCharsets.UTF_8));
            }
            assertThat(connection.input().readAllBytes()).asString().isEqualTo("back");
        }
    }

    @Test
    void anotherHostKeyIsRefusedWithTheFileToLookInto() throws Exception {
        knownHost("stranger");

        assertThat(complaint(sshd.settings(sshd.port())))
                .startsWith("the machine's host key is not the one known for b.holdfast in " + folder)
                .contains("Offending ED25519 key", "Host key verification failed")
                .doesNotContain("@@@");
    }

    @Test
    void anUnknownHostKeyIsRefusedAndNotLearned() throws Exception {
        Files.writeString(sshd.file("known-hosts"), "");

        assertThat(complaint(sshd.settings(sshd.port()))).startsWith("no host key of b.holdfast is in " + folder);
        assertThat(sshd.file("known-hosts")).isEmptyFile();
    }

    @Test
    void anotherUserKeyIsRefused() throws Exception {
        SshSettings right = sshd.settings(sshd.port());
        SshSettings wrong =
                new SshSettings(right.user(), right.port(), sshd.file("stranger"), right.knownHosts());

        assertThat(complaint(wrong))
                .startsWith("the machine does not let user " + right.user() + " in with key " + wrong.keyFile())
                .contains("Permission denied");
    }

    @Test
    void theKeyOpensNoOtherPort() throws Exception {
        permit(sshd.port());

        assertThat(complaint(sshd.settings(sshd.port())))
                .startsWith("the line of this node's key in authorized_keys there does not permit 127.0.0.1:")
                .contains("administratively prohibited");
    }

    @Test
    void theKeyRunsNoCommandAndOpensNoShell() throws Exception {
        assertThat(run("id")).isEqualTo(new Ran(1, ""));
        assertThat(run()).isEqualTo(new Ran(1, ""));
    }

    @Test
    void theKeyListensOnNoPortThere() throws Exception {
        Ran ran = runWith(List.of("-N", "-o", "ExitOnForwardFailure=yes", "-R", "127.0.0.1:0:127.0.0.1:9"));

        assertThat(ran.status()).isEqualTo(255);
    }

    @Test
    void theKeyReachesNoUnixSocketThere() throws Exception {
        UnixDomainSocketAddress there = UnixDomainSocketAddress.of(folder.resolve("there"));
        Path here = folder.resolve("here");
        List<String> command = other(List.of("-N", "-L", here + ":" + there));
        try (ServerSocketChannel secret = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            secret.bind(there);
            secret.configureBlocking(false);
            Process client = new ProcessBuilder(command).redirectErrorStream(true).start();
            try (BufferedReader said = client.inputReader()) {
                awaitFile(here, client);
                try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(here))) {
                    assertThat(channel.read(ByteBuffer.allocate(1))).isEqualTo(-1);
                }
                assertThat(said.readLine()).contains("open failed");
                assertThat(secret.accept()).isNull();
            } finally {
                client.destroyForcibly().waitFor();
            }
        }
    }

    @Test
    void aPortNobodyListensOnIsNamed() throws Exception {
        listening.close();

        assertThat(complaint(sshd.settings(sshd.port())))
                .startsWith("sshd lets us in, but nothing listens at 127.0.0.1:" + listening.getLocalPort());
    }

    @Test
    void aMachineWithoutSshdIsNamed() throws Exception {
        sshd.close();

        assertThat(complaint(sshd.settings(sshd.port()))).contains("port " + sshd.port() + ": Connection refused");
    }

    @Test
    void closingKillsTheClientThoughItNeverGotThrough() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            SshConnection connection =
                    (SshConnection) route(sshd.settings(silent.getLocalPort())).open(WITHIN);
            CompletableFuture<Integer> reading = CompletableFuture.supplyAsync(() -> read(connection));
            silent.accept();

            connection.close();

            assertThat(connection.process().isAlive()).isFalse();
            assertThat(reading.get(30, TimeUnit.SECONDS)).isEqualTo(-1);
        }
    }

    @Test
    void theClientSeesNoConfigurationAgentOrTerminalOfTheUserThatRunsIt() {
        assertThat(route(new SshSettings("holdfast", 22, Path.of("/k"), Path.of("/h"))).command(Duration.ofMillis(1500)))
                .startsWith("ssh", "-F", "none", "-T")
                .contains("BatchMode=yes", "StrictHostKeyChecking=yes", "IdentityAgent=none", "ControlPath=none")
                .contains("ConnectTimeout=2", "UserKnownHostsFile=/h", "HostKeyAlias=b.holdfast")
                .endsWith("-i", "/k", "-p", "22", "-l", "holdfast", "--", "127.0.0.1");
    }

    @Test
    void nothingThatSshCouldTakeForAnOptionGetsThrough() {
        Path file = Path.of("/etc/key");
        for (String user : List.of("-oProxyCommand=x", "a b", "a@b", "", "x\ny", "$(id)")) {
            assertThatThrownBy(() -> new SshSettings(user, 22, file, file)).hasMessageStartingWith("user = '" + user);
        }
        for (String path : List.of("key", "-key", "/a b", "/%h/key", "/$HOME", "/a\"b", "/a\nb")) {
            assertThatThrownBy(() -> new SshSettings("u", 22, Path.of(path), file))
                    .hasMessageStartingWith("keyFile = '" + path)
                    .hasMessageContaining("must be an absolute path");
        }
        SshSettings settings = new SshSettings("u", 22, file, file);
        InetSocketAddress target = InetSocketAddress.createUnresolved("127.0.0.1", 1);
        for (String host : List.of("-oProxyCommand=x", "a b", "a,b", "u@h", "")) {
            assertThatThrownBy(() -> new SshRoute(settings, "b", host, target)).hasMessageStartingWith("machine = ");
            assertThatThrownBy(() -> new SshRoute(settings, host, "b", target)).hasMessageStartingWith("alias = ");
        }
        assertThatThrownBy(() -> new SshSettings("u", 0, file, file)).hasMessage("port = '0': must be 1 to 65535");
    }

    @Test
    void aKeyThatIsMissingOrReadByOthersIsRefusedBeforeItIsUsed() throws Exception {
        sshd.settings(22).requireFiles();
        Files.setPosixFilePermissions(
                sshd.file("key"), java.nio.file.attribute.PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> sshd.settings(22).requireFiles()).hasMessageContaining("chmod 600");
        Files.delete(sshd.file("key"));
        assertThatThrownBy(() -> sshd.settings(22).requireFiles())
                .hasMessageStartingWith("keyFile = '" + sshd.file("key") + "': must be a file that this node can read");
    }

    private record Ran(int status, String said) {}

    private Ran run(String... command) throws Exception {
        return runWith(List.of(), command);
    }

    /** The client with the same key, asked for something else. */
    private Ran runWith(List<String> options, String... command) throws Exception {
        List<String> whole = other(options);
        whole.addAll(List.of(command));
        Process client = new ProcessBuilder(whole).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        client.getOutputStream().close();
        try {
            String said = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(client.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return new Ran(client.exitValue(), said);
        } finally {
            client.destroyForcibly();
        }
    }

    private List<String> other(List<String> options) {
        List<String> whole = new ArrayList<>(route(sshd.settings(sshd.port())).command(WITHIN));
        whole.removeAll(List.of("-W", "127.0.0.1:" + listening.getLocalPort()));
        whole.addAll(1, options);
        return whole;
    }

    private static void awaitFile(Path file, Process client) throws InterruptedException {
        while (Files.notExists(file) && client.isAlive()) {
            Thread.sleep(20);
        }
    }

    private String complaint(SshSettings settings) throws IOException {
        try (Connection connection = route(settings).open(WITHIN)) {
            assertThat(connection.input().read()).isEqualTo(-1);
            return connection.complaint().orElseThrow();
        }
    }

    private SshRoute route(SshSettings settings) {
        return new SshRoute(
                settings, Sshd.ALIAS, "127.0.0.1", new InetSocketAddress("127.0.0.1", listening == null
                        ? 1 : listening.getLocalPort()));
    }

    private void permit(int port) throws IOException {
        sshd.authorize("restrict,port-forwarding,permitopen=\"127.0.0.1:" + port
                + "\",permitlisten=\"127.0.0.1:1\",command=\"/bin/false\"");
    }

    private void knownHost(String key) throws IOException {
        Files.writeString(
                sshd.file("known-hosts"), Sshd.ALIAS + " " + Files.readString(sshd.file(key + ".pub")));
    }

    private static int read(Connection connection) {
        try {
            return connection.input().read();
        } catch (IOException e) {
            return -1;
        }
    }
}
