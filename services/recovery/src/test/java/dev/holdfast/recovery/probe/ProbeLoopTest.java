package dev.holdfast.recovery.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.guest.ProbeNews;
import dev.holdfast.core.guest.ProbeSpec;
import dev.holdfast.core.guest.ProbeTiming;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProbeLoopTest {

    private static final ProbeTiming QUICK =
            new ProbeTiming(Duration.ofMillis(100), Duration.ofSeconds(10), 2, Duration.ofMinutes(1));

    private final BlockingQueue<ProbeNews> news = new LinkedBlockingQueue<>();

    @Test
    void aGuestIsReportedWhenItAnswersWhenItIsDownAndWhenItIsBack() throws Exception {
        ServerSocket guest = listen(0);
        int port = guest.getLocalPort();
        try (ProbeLoop loop = loop(port)) {
            assertThat(next()).isInstanceOf(ProbeNews.Answers.class);
            guest.close();
            assertThat(next()).isInstanceOf(ProbeNews.Down.class);
            try (ServerSocket again = listen(port)) {
                assertThat(next()).isInstanceOf(ProbeNews.Answers.class);
                assertThat(again.isBound()).isTrue();
            }
            assertThat(loop.state()).isNotNull();
        }
    }

    @Test
    void aGuestFrozenForASnapshotIsNotReportedDown() throws Exception {
        ServerSocket guest = listen(0);
        try (ProbeLoop loop = loop(guest.getLocalPort())) {
            assertThat(next()).isInstanceOf(ProbeNews.Answers.class);
            loop.frozen();
            guest.close();
            assertThat(news.poll(700, TimeUnit.MILLISECONDS)).isNull();
            loop.thawed();
            assertThat(next()).isInstanceOf(ProbeNews.Down.class);
        }
    }

    @Test
    void aClosedLoopSaysNothingMore() throws Exception {
        ServerSocket guest = listen(0);
        ProbeLoop loop = loop(guest.getLocalPort());
        assertThat(next()).isInstanceOf(ProbeNews.Answers.class);
        loop.close();
        guest.close();
        assertThat(news.poll(500, TimeUnit.MILLISECONDS)).isNull();
    }

    private ProbeLoop loop(int port) {
        return new ProbeLoop("g", ProbeTest.probe(new ProbeSpec.Tcp(QUICK), port), QUICK, news::add);
    }

    private ProbeNews next() throws InterruptedException {
        return news.poll(30, TimeUnit.SECONDS);
    }

    private static ServerSocket listen(int port) throws Exception {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 50);
        return socket;
    }
}
