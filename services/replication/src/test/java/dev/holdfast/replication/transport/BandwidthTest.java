package dev.holdfast.replication.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BandwidthTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final Bandwidth thousand = new Bandwidth(OptionalLong.of(1000), now::get);

    @Test
    void aThousandBytesTakeASecond() {
        assertThat(thousand.take(1000)).isEqualTo(SECOND);
        assertThat(thousand.take(500)).isEqualTo(SECOND.plusMillis(500));
        pass(SECOND.plusMillis(500));
        assertThat(thousand.take(100)).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void whatWasNotUsedForLongIsNotMadeUpForBeyondATenthOfASecond() {
        pass(Duration.ofHours(1));
        assertThat(thousand.take(100)).isZero();
        assertThat(thousand.take(100)).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void withoutALimitNobodyWaits() {
        assertThat(Bandwidth.UNLIMITED.take(Integer.MAX_VALUE)).isZero();
    }

    @Test
    void aLimitOfNothingIsRefused() {
        assertThatThrownBy(() -> Bandwidth.of(0)).hasMessage("bytesPerSecond = '0': must be 1 or more, or left out");
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
