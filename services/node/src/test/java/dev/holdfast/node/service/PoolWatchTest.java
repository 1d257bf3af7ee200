package dev.holdfast.node.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.node.PoolHealth;
import dev.holdfast.core.node.PoolState;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import org.junit.jupiter.api.Test;

class PoolWatchTest {

    private static final PoolHealth WELL = new PoolHealth("tank", PoolState.ONLINE, 100, 12, 0, null, "");
    private static final PoolHealth DEGRADED =
            new PoolHealth("tank", PoolState.DEGRADED, 100, 12, 3, null, "/dev/sdb is OFFLINE");

    private final BlockingQueue<PoolHealth> found = new SynchronousQueue<>();
    private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();

    private PoolHealth look() {
        asked.add("look");
        try {
            return found.take();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("closed", closed);
        }
    }

    @Test
    void whatWasFoundLastIsAtHandWhileThePoolKeepsTheWatchWaiting() throws InterruptedException {
        try (PoolWatch watch = new PoolWatch(Optional.of(this::look), Duration.ofMillis(1))) {
            asked.take();
            assertThat(watch.newest()).isNull();
            found.put(WELL);
            asked.take();
            assertThat(watch.newest()).isEqualTo(WELL);
            found.put(DEGRADED);
            asked.take();
            assertThat(watch.newest()).isEqualTo(DEGRADED);
        }
    }

    @Test
    void aLookThatFailsIsNotTheLast() throws InterruptedException {
        int[] looks = {0};
        try (PoolWatch watch = new PoolWatch(Optional.of(() -> {
            looks[0]++;
            if (looks[0] == 1) {
                throw new IllegalStateException("the output makes no sense");
            }
            return look();
        }), Duration.ofMillis(1))) {
            asked.take();
            found.put(WELL);
            asked.take();
            assertThat(watch.newest()).isEqualTo(WELL);
        }
    }

    @Test
    void withoutAPoolThereIsNothingToSay() {
        try (PoolWatch watch = new PoolWatch(Optional.empty(), Duration.ofMillis(1))) {
            assertThat(watch.newest()).isNull();
        }
    }

    @Test
    void theSentenceSaysWhatIsWrong() {
        assertThat(PoolWatch.sentence(WELL)).isEqualTo("pool tank is ONLINE, 12 % used");
        assertThat(PoolWatch.sentence(DEGRADED))
                .isEqualTo("pool tank is DEGRADED, 12 % used, 3 errors: /dev/sdb is OFFLINE");
    }
}
