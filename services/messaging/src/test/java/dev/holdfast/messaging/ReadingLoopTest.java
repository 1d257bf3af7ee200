package dev.holdfast.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.junit.jupiter.api.Test;

class ReadingLoopTest {

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>(AutoOffsetResetStrategy.NONE.name());

    @Test
    void aFailureDoesNotEndTheReading() throws InterruptedException {
        AtomicInteger turns = new AtomicInteger();
        CountDownLatch third = new CountDownLatch(1);
        try (ReadingLoop loop = new ReadingLoop("reading", consumer, Duration.ofMillis(1), () -> {
            if (turns.incrementAndGet() < 3) {
                throw new IllegalStateException("the broker has gone");
            }
            third.countDown();
        })) {
            loop.begin();
            assertThat(third.await(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    @Test
    void closingEndsTheReadingAndTheConsumer() throws InterruptedException {
        CountDownLatch first = new CountDownLatch(1);
        ReadingLoop loop = new ReadingLoop("reading", consumer, Duration.ofMillis(1), () -> {
            first.countDown();
            consumer.poll(Duration.ofMillis(1));
        });
        loop.begin();
        assertThat(first.await(1, TimeUnit.MINUTES)).isTrue();
        loop.close();
        assertThat(loop.isClosing()).isTrue();
        assertThat(consumer.closed()).isTrue();
    }

    @Test
    void whatNeverBeganIsClosedToo() {
        new ReadingLoop("reading", consumer, Duration.ofMillis(1), () -> { }).close();
        assertThat(consumer.closed()).isTrue();
    }
}
