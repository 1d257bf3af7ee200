package dev.holdfast.recovery.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.holdfast.core.guest.GuestSpec;
import dev.holdfast.core.guest.NodeRules;
import dev.holdfast.core.guest.Placeholders;
import dev.holdfast.core.guest.ProbeResult;
import dev.holdfast.core.guest.ProbeSpec;
import dev.holdfast.core.guest.ProbeTiming;
import dev.holdfast.core.guest.ReplicationPolicy;
import dev.holdfast.core.guest.RequestedState;
import dev.holdfast.core.guest.RestartPolicy;
import dev.holdfast.core.guest.VolumeKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.hsqldb.server.Server;
import org.junit.jupiter.api.Test;

class ProbeTest {

    private static final String ADDRESS = "127.0.0.1";
    private static final ProbeTiming SHORT =
            new ProbeTiming(Duration.ofMillis(100), Duration.ofMillis(200), 3, Duration.ofMinutes(1));
    private static final ProbeTiming PATIENT =
            new ProbeTiming(Duration.ofMillis(100), Duration.ofMinutes(1), 3, Duration.ofMinutes(1));
    private static final String URL = "jdbc:hsqldb:hsql://${address}:${port}/shop";

    @Test
    void aPortNobodyListensOnIsRefused() throws Exception {
        int port;
        try (ServerSocket freed = listen()) {
            port = freed.getLocalPort();
        }
        assertThat(reason(probe(new ProbeSpec.Tcp(PATIENT), port))).contains("refused");
        assertThat(reason(probe(new ProbeSpec.Http("/", 200, 299, PATIENT), port))).contains("refused");
        assertThat(reason(probe(new ProbeSpec.Sql(URL, "shop", "shop", "VALUES 1", PATIENT), port))).isNotEmpty();
    }

    @Test
    void anOpenPortAnswersATcpProbe() throws Exception {
        try (ServerSocket open = listen()) {
            assertThat(probe(new ProbeSpec.Tcp(PATIENT), open.getLocalPort()).ask())
                    .isInstanceOf(ProbeResult.Answering.class);
        }
    }

    @Test
    void onlyAStatusInTheRangeAnswersAnHttpProbe() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(ADDRESS, 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().equals("/shop-db") ? 204 : 503, -1);
            exchange.close();
        });
        server.start();
        try {
            int port = server.getAddress().getPort();
            assertThat(probe(new ProbeSpec.Http("/${guest}", 200, 299, PATIENT), port).ask())
                    .isInstanceOf(ProbeResult.Answering.class);
            assertThat(reason(probe(new ProbeSpec.Http("/x", 200, 299, PATIENT), port)))
                    .isEqualTo("status 503, expected 200 to 299");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aDatabaseThatReturnsARowAnswersAndAWrongQueryOrPasswordDoesNot() throws Exception {
        Server database = new Server();
        database.setSilent(true);
        database.setLogWriter(null);
        database.setErrWriter(null);
        database.setAddress(ADDRESS);
        int port;
        try (ServerSocket freed = listen()) {
            port = freed.getLocalPort();
        }
        database.setPort(port);
        database.setDatabaseName(0, "shop");
        database.setDatabasePath(0, "mem:probe;user=shop;password=shop");
        database.start();
        try {
            assertThat(probe(new ProbeSpec.Sql(URL, "shop", "shop", "VALUES 1", PATIENT), port).ask())
                    .isInstanceOf(ProbeResult.Answering.class);
            assertThat(reason(probe(new ProbeSpec.Sql(URL, "shop", "shop", "SELECT 1 FROM nothing", PATIENT), port)))
                    .contains("NOTHING");
            assertThat(reason(probe(new ProbeSpec.Sql(URL, "shop", "wrong", "VALUES 1", PATIENT), port)))
                    .contains("invalid authorization");
            assertThat(reason(probe(new ProbeSpec.Sql("jdbc:nobody:x", null, null, "VALUES 1", PATIENT), port)))
                    .contains("No suitable driver");
        } finally {
            database.shutdown();
        }
    }

    @Test
    void aServiceThatAcceptsAndSaysNothingIsGivenUpAndItsConnectionIsClosed() throws Exception {
        for (ProbeSpec spec : List.of(new ProbeSpec.Http("/", 200, 299, SHORT),
                new ProbeSpec.Sql(URL, "shop", "shop", "VALUES 1", SHORT))) {
            try (ServerSocket silent = listen()) {
                silent.setSoTimeout(2_000);
                Probe probe = probe(spec, silent.getLocalPort());
                for (int i = 0; i < 3; i++) {
                    assertThat(reason(probe)).isEqualTo("no answer within 200 ms");
                    try (var connection = silent.accept()) {
                        // Reads until the other side closes: a probe that leaked its connection would hang here.
                        connection.setSoTimeout(10_000);
                        connection.getInputStream().readAllBytes();
                    } catch (SocketTimeoutException neverConnected) {
                        // On a busy machine the first attempts may end before they connect: nothing to leak then.
                    }
                }
            }
        }
    }

    @Test
    void whileACallIgnoresItsEndNoOtherIsStarted() throws Exception {
        Deadline deadline = new Deadline("stubborn");
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        assertThatThrownBy(() -> deadline.call(() -> {
            while (end.getCount() > 0) {
                try {
                    end.await();
                } catch (InterruptedException ignored) {
                    // A driver that swallows interrupts.
                }
            }
            ended.countDown();
            return null;
        }, Duration.ofMillis(50))).isInstanceOf(TimeoutException.class);
        assertThatThrownBy(() -> deadline.call(() -> 1, Duration.ofSeconds(1))).hasMessageContaining("earlier call");

        end.countDown();
        ended.await();
        assertThat(eventually(deadline)).isEqualTo(1);
    }

    private static int eventually(Deadline deadline) throws Exception {
        while (true) {
            try {
                return deadline.call(() -> 1, Duration.ofSeconds(10));
            } catch (TimeoutException notYet) {
                Thread.sleep(5);
            }
        }
    }

    private static String reason(Probe probe) throws InterruptedException {
        return switch (probe.ask()) {
            case ProbeResult.Failing failing -> failing.reason();
            case ProbeResult.Answering answering -> throw new AssertionError("answered: " + answering);
        };
    }

    private static ServerSocket listen() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getByName(ADDRESS));
    }

    static Probe probe(ProbeSpec probe, int port) {
        GuestSpec spec = new GuestSpec("shop-db", List.of("x"), Map.of(), VolumeKind.DIRECTORY, ADDRESS, port, probe,
                RestartPolicy.DEFAULT, ReplicationPolicy.DEFAULT, null, RequestedState.STARTED, NodeRules.ANY,
                GuestSpec.DEFAULT_STOP_GRACE);
        return Probe.of(spec, new Placeholders("shop-db", "/v", ADDRESS, port, "a", 1, "java", "lib"));
    }
}
