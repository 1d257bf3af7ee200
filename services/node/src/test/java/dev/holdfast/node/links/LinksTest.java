package dev.holdfast.node.links;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.node.NonVoter;
import dev.holdfast.node.cluster.ClusterConfig;
import dev.holdfast.node.cluster.ClusterFolder;
import dev.holdfast.node.cluster.ConfigFile;
import dev.holdfast.node.cluster.FreeNet;
import dev.holdfast.node.cluster.Net;
import dev.holdfast.node.cluster.Ports;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real sockets on loopback: a is the client, b listens. */
class LinksTest {
    /** How long a test waits to be sure that nothing comes. */
    private static final int SILENCE_MS = 300;
    private static final int PATIENCE_MS = 20_000;

    @TempDir
    Path root;
    private Net net;
    private Links links;
    private LinksClient client;
    private ServerSocket b;

    @BeforeEach
    void openLinks() throws IOException {
        ClusterFolder folder = new ClusterFolder(root);
        net = FreeNet.first(3);
        ConfigFile.write(folder.clusterYaml(), new ClusterConfig("test", "AAAAAAAAAAAAAAAAAAAAAA", net,
                List.of("a", "b", "c"), "fast", Optional.empty(), Optional.empty()));
        links = Links.open(folder);
        client = new LinksClient(folder);
        b = new ServerSocket();
        b.bind(new InetSocketAddress(net.real(2), Ports.BROKER));
    }

    @AfterEach
    void closeLinks() throws IOException {
        b.close();
        links.close();
    }

    @Test
    void bytesPassInBothDirections() throws IOException {
        try (Pair pair = connect()) {
            pair.fromA.getOutputStream().write(1);
            assertThat(pair.atB.getInputStream().read()).isEqualTo(1);
            pair.atB.getOutputStream().write(2);
            assertThat(pair.fromA.getInputStream().read()).isEqualTo(2);
        }
    }

    @Test
    void manyBytesArriveWholeThroughASlowReader() throws Exception {
        byte[] sent = new byte[16 * 1024 * 1024];
        new java.util.Random(1).nextBytes(sent);
        try (Pair pair = connect()) {
            Thread sender = Thread.ofVirtual().start(() -> send(pair.fromA, sent));
            assertThat(pair.atB.getInputStream().readAllBytes()).isEqualTo(sent);
            sender.join();
        }
    }

    @Test
    void anOrderlyEndAndAResetAreSeenOnAnOpenLink() throws IOException {
        try (Pair ended = connect(); Pair reset = connect()) {
            ended.fromA.close();
            assertThat(ended.atB.getInputStream().read()).isEqualTo(-1);
            reset.fromA.setSoLinger(true, 0);
            reset.fromA.close();
            assertThatThrownBy(() -> reset.atB.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void aCutDropsOneDirectionAndLeavesTheOtherForConnectionsOpenedEitherWay() throws IOException {
        try (Pair pair = connect()) {
            client.cut("a", "b");
            pair.fromA.getOutputStream().write(1);
            pair.atB.getOutputStream().write(2);

            assertThat(pair.fromA.getInputStream().read()).isEqualTo(2);
            assertSilent(pair.atB);
        }
        client.healAll();
        try (Pair pair = connect()) {
            client.cut("b", "a");
            pair.fromA.getOutputStream().write(1);
            pair.atB.getOutputStream().write(2);

            assertThat(pair.atB.getInputStream().read()).isEqualTo(1);
            assertSilent(pair.fromA);
        }
    }

    @Test
    void aCutInEitherDirectionLetsNoNewConnectionBeMade() throws IOException {
        client.cut("b", "a");
        assertConnectTimesOut();
        client.heal("b", "a");
        connect().close();
        client.cut("a", "b");
        assertConnectTimesOut();
        client.heal("a", "b");
        connect().close();
    }

    @Test
    void aSilencedNodeIsNeitherRefusedNorAcceptedHoweverOftenOneTries() throws IOException {
        client.silence("b");
        for (int i = 0; i < 5; i++) {
            assertConnectTimesOut();
        }
    }

    @Test
    void theDeathOfASilencedNodeIsNotNoticedByItsPeers() throws IOException {
        try (Pair pair = connect()) {
            client.silence("b");
            pair.atB.setSoLinger(true, 0);
            pair.atB.close();
            b.close();

            assertSilent(pair.fromA);
            for (int i = 0; i < 10; i++) {
                pair.fromA.getOutputStream().write(new byte[100_000]);
            }
            assertSilent(pair.fromA);
        }
    }

    @Test
    void aConnectionThatLostBytesIsResetOnHealAndOneThatLostNothingLives() throws IOException {
        try (Pair lossy = connect(); Pair whole = connect()) {
            client.silence("b");
            lossy.fromA.getOutputStream().write(1);
            assertSilent(lossy.atB);
            client.healAll();

            assertThatThrownBy(() -> lossy.fromA.getInputStream().read()).isInstanceOf(SocketException.class);
            assertThatThrownBy(() -> lossy.atB.getInputStream().read()).isInstanceOf(SocketException.class);
            whole.fromA.getOutputStream().write(3);
            assertThat(whole.atB.getInputStream().read()).isEqualTo(3);
        }
    }

    @Test
    void aStreamWithAHoleIsNeverDeliveredWhileOnlyHalfOfTheLinkIsHealed() throws IOException {
        try (Pair pair = connect()) {
            client.silence("b");
            pair.fromA.getOutputStream().write(1);
            assertSilent(pair.atB);
            client.heal("a", "b");
            pair.fromA.getOutputStream().write(2);
            assertSilent(pair.atB);
            assertSilent(pair.fromA);
            client.heal("b", "a");
            assertThatThrownBy(() -> pair.atB.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void theOtherLinksOfAPeerAreUntouched() throws IOException {
        client.silence("c");
        try (Pair pair = connect()) {
            pair.fromA.getOutputStream().write(1);
            assertThat(pair.atB.getInputStream().read()).isEqualTo(1);
        }
    }

    @Test
    void delayedBytesArriveInOrderAndWithTheEnd() throws IOException {
        client.delay("a", "b", Duration.ofMillis(50));
        try (Pair pair = connect()) {
            pair.fromA.getOutputStream().write(1);
            pair.fromA.getOutputStream().write(2);
            pair.fromA.close();
            assertThat(pair.atB.getInputStream().readAllBytes()).containsExactly(1, 2);
        }
    }

    @Test
    void statusNamesEveryDirectionAndWhatIsWrongWithIt() throws IOException {
        client.cut("a", "c");
        client.delay("b", "a", Duration.ofMillis(20));

        assertThat(client.status()).hasSize(6)
                .contains(new LinkStatus("a", "c", true, Duration.ZERO),
                        new LinkStatus("b", "a", false, Duration.ofMillis(20)),
                        new LinkStatus("a", "b", false, Duration.ZERO));
    }

    @Test
    void aNodeThatWasAddedIsReachedAndCutOffWithoutTouchingTheOthers() throws IOException {
        ClusterFolder folder = new ClusterFolder(root);
        try (Pair pair = connect(); ServerSocket d = new ServerSocket()) {
            ConfigFile.write(folder.clusterYaml(), ConfigFile.readCluster(folder.clusterYaml())
                    .with(List.of(new NonVoter("d", 4, null))));
            client.reload();
            d.bind(new InetSocketAddress(net.real(4), Ports.REPLICATION));

            try (Socket fromA = new Socket(net.relay(1, 4), Ports.REPLICATION); Socket atD = d.accept()) {
                fromA.getOutputStream().write(1);
                assertThat(atD.getInputStream().read()).isEqualTo(1);
                client.silence("d");
                fromA.getOutputStream().write(2);
                assertSilent(atD);
            }
            pair.fromA.getOutputStream().write(1);
            assertThat(pair.atB.getInputStream().read()).isEqualTo(1);
            assertThat(client.status()).hasSize(4 * 3);
        }
    }

    @Test
    void anUnknownNodeIsRefusedByName() {
        assertThatThrownBy(() -> client.silence("x")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("node = 'x': must be one of [a, b, c]");
    }

    private Pair connect() throws IOException {
        Socket fromA = new Socket();
        fromA.connect(new InetSocketAddress(net.relay(1, 2), Ports.BROKER), PATIENCE_MS);
        Socket atB = b.accept();
        fromA.setSoTimeout(PATIENCE_MS);
        atB.setSoTimeout(PATIENCE_MS);
        return new Pair(fromA, atB);
    }

    private void assertConnectTimesOut() throws IOException {
        try (Socket socket = new Socket()) {
            assertThatThrownBy(() -> socket.connect(new InetSocketAddress(net.relay(1, 2), Ports.BROKER), SILENCE_MS))
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    private static void assertSilent(Socket socket) throws SocketException {
        socket.setSoTimeout(SILENCE_MS);
        assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        socket.setSoTimeout(PATIENCE_MS);
    }

    private static void send(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }

    /** Both ends of one connection through the link. */
    private record Pair(Socket fromA, Socket atB) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            fromA.close();
            atB.close();
        }
    }
}
