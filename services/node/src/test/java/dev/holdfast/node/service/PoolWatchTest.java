package dev.holdfast.node.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.node.PoolHealth;
import dev.holdfast.core.node.PoolState;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PoolWatchTest {

    private static final PoolHealth WELL = new PoolHealth("tank", PoolState.ONLINE, 100, 12, 0, null, "");
    private static final PoolHealth SCRUBBED = new PoolHealth(
            "tank", PoolState.ONLINE, 100, 12, 0, Instant.parse("2026-11-26T18:00:00Z"), "");
    private static final PoolHealth DEGRADED =
            new PoolHealth("tank", PoolState.DEGRADED, 100, 12, 3, null, "/dev/sdb is OFFLINE");

    private final BlockingQueue<PoolHealth> found = new SynchronousQueue<>();
    private final AtomicLong nanos = new AtomicLong();
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
        try (PoolWatch watch = new PoolWatch("tank", this::look, Duration.ofMillis(1), nanos::get)) {
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
    void aPoolThatDoesNotAnswerForLongIsUnreadableUntilItDoes() throws InterruptedException {
        try (PoolWatch watch = new PoolWatch("tank", this::look, Duration.ofMillis(1), nanos::get)) {
            asked.take();
            found.put(SCRUBBED);
            asked.take();
            nanos.addAndGet(PoolWatch.ANSWERS_WITHIN.toNanos());
            assertThat(watch.newest()).isEqualTo(SCRUBBED);
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());

            assertThat(watch.newest().state()).isEqualTo(PoolState.UNREADABLE);
            assertThat(watch.newest().scrubbedAt()).isEqualTo(SCRUBBED.scrubbedAt());
            assertThat(watch.newest().detail()).contains("has not answered");
            found.put(WELL);
            asked.take();
            assertThat(watch.newest()).isEqualTo(WELL);
        }
    }

    @Test
    void aLookThatFailsIsNotTheLast() throws InterruptedException {
        int[] looks = {0};
        try (PoolWatch watch = new PoolWatch("tank", () -> {
            looks[0]++;
            if (looks[0] == 1) {
                throw new IllegalStateException("the output makes no sense");
            }
            return look();
        }, Duration.ofMillis(1), nanos::get)) {
            asked.take();
            assertThat(watch.newest().state()).isEqualTo(PoolState.UNREADABLE);
            assertThat(watch.newest().detail()).contains("makes no sense");
            found.put(WELL);
            asked.take();
            assertThat(watch.newest()).isEqualTo(WELL);
        }
    }

    @Test
    void withoutAPoolThereIsNothingToSay() {
        try (PoolWatch watch = PoolWatch.ofNothing()) {
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
