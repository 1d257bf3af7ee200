package dev.holdfast.replication.zfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.node.PoolHealth;
import dev.holdfast.core.node.PoolState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is read out of what OpenZFS and zfs-fuse have really said. */
class PoolStatusTest {

    private static PoolHealth look(String recorded, String pool) {
        return new PoolStatus(new Recorded(recorded), pool + "/volumes", ZoneOffset.UTC).look();
    }

    @Test
    void aHealthyPoolHasAllThatOneWantsToKnow() {
        PoolHealth health = look("openzfs/status-scrubbed.txt", "source");

        assertThat(health).isEqualTo(new PoolHealth(
                "source", PoolState.ONLINE, 1_000, 250, 0, Instant.parse("2026-11-26T05:26:18Z"), ""));
    }

    @Test
    void aDeviceThatIsGoneIsNamedByWhatItWas() {
        PoolHealth health = look("openzfs/status-device-missing.txt", "source");

        assertThat(health.state()).isEqualTo(PoolState.DEGRADED);
        assertThat(health.detail()).isEqualTo("/var/tmp/record/b is UNAVAIL");
        assertThat(health.scrubbedAt()).as("a resilver is no scrub").isNull();
    }

    @Test
    void aDeviceThatIsOfflineIsNamed() {
        assertThat(look("openzfs/status-offline.txt", "source").detail()).isEqualTo("/var/tmp/record/b is OFFLINE");
        assertThat(look("zfs-fuse/status-offline.txt", "tank").detail()).endsWith("two is OFFLINE");
    }

    @Test
    void errorsAreCountedOncePerDevice() {
        PoolHealth health = look("openzfs/status-checksum-errors.txt", "source");

        assertThat(health.errors()).isEqualTo(240);
        assertThat(health.detail()).isEqualTo("/var/tmp/record/a has 240 errors");
    }

    @Test
    void zfsFuseSaysItInItsOwnWords() {
        PoolHealth scrubbed = look("zfs-fuse/status-scrubbed.txt", "tank");
        PoolHealth spoilt = look("zfs-fuse/status-checksum-errors.txt", "tank");

        assertThat(scrubbed.state()).isEqualTo(PoolState.ONLINE);
        assertThat(scrubbed.scrubbedAt()).isNotNull();
        assertThat(spoilt.errors()).isPositive();
        assertThat(spoilt.detail()).contains("two has ");
        assertThat(look("zfs-fuse/status-online.txt", "tank").scrubbedAt()).isNull();
    }

    @Test
    void aPoolThatLostTooManyDevicesIsFaultedAndNotAskedForItsDatasets() {
        PoolHealth health = look("zfs-fuse/status-unavailable.txt", "tank");

        assertThat(health.state()).isEqualTo(PoolState.FAULTED);
        assertThat(health.sizeBytes()).isZero();
        assertThat(health.detail()).contains("two is", "three is");
    }

    @Test
    void aPoolWhoseCommandFailsIsUnreadableWithTheReason() {
        PoolHealth health = look("openzfs/zpool-unknown.txt", "nowhere");

        assertThat(health.state()).isEqualTo(PoolState.UNREADABLE);
        assertThat(health.detail()).contains("cannot open 'nowhere': no such pool");
    }

    @Test
    void anythingElseIsUnreadable() {
        assertThat(look("openzfs/status-x-healthy.txt", "source").state()).isEqualTo(PoolState.UNREADABLE);
    }

    /** Answers as it was recorded. */
    private record Recorded(String file) implements Zfs {

        @Override
        public List<String> run(List<String> command) throws IOException {
            if (command.getFirst().equals("zfs")) {
                return List.of("used\t250", "available\t750");
            }
            List<String> lines = lines();
            if (lines.contains("# exit code: 0")) {
                return lines.stream().filter(line -> !line.startsWith("#")).toList();
            }
            throw ZfsFailed.exited(command, 1, lines.getLast());
        }

        private List<String> lines() {
            try (var in = PoolStatusTest.class.getResourceAsStream("/" + file)) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public ZfsStream start(List<String> command) {
            throw new UnsupportedOperationException("nothing is streamed");
        }
    }
}
