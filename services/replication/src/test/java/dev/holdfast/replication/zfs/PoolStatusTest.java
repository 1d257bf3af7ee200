package dev.holdfast.replication.zfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.node.PoolHealth;
import dev.holdfast.core.node.PoolStanding;
import dev.holdfast.core.node.PoolState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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

    /** The form is that of OpenZFS' manual; none of these could be recorded on a pool of files. */
    private static List<String> status(String state, String see, String scan, String... devices) {
        List<String> lines = new ArrayList<>(List.of(
                "  pool: tank", " state: " + state, "status: as it is", "   see: " + see, "  scan: " + scan, "config:", "",
                "\tNAME        STATE     READ WRITE CKSUM"));
        lines.addAll(List.of(devices));
        lines.addAll(List.of("", "errors: No known data errors"));
        return lines;
    }

    private static PoolHealth look(List<String> lines) {
        return new PoolStatus(new Told(List.of(lines)), "tank/volumes", ZoneOffset.UTC).look();
    }

    @Test
    void aSpareThatServesIsNoError() {
        PoolHealth health = look(status("DEGRADED", "", "none requested",
                "\ttank        DEGRADED     0     0     0",
                "\t  mirror-0  DEGRADED     0     0     0",
                "\t    spare-0 DEGRADED     0     0     0",
                "\t      sda   UNAVAIL      0     0     0  cannot open",
                "\t      sdc   ONLINE       0     0     0",
                "\t    sdb     ONLINE       0     0     0",
                "\tspares",
                "\t  sdc       INUSE     currently in use",
                "\t  sdd       AVAIL   "));

        assertThat(health.state()).isEqualTo(PoolState.DEGRADED);
        assertThat(health.errors()).isZero();
        assertThat(health.detail()).isEqualTo("sda is UNAVAIL (cannot open)");
    }

    @Test
    void aPoolThatStandsStillIsFaultedWhateverItSays() {
        List<String> lines = status("ONLINE", "https://openzfs.github.io/openzfs-docs/msg/ZFS-8000-JQ", "none requested",
                "\ttank        ONLINE       0     0     0", "\t  sda       ONLINE       0     3     0");

        assertThat(look(lines).state()).isEqualTo(PoolState.FAULTED);
        assertThat(look(status("SUSPENDED", "", "none requested", "\ttank  SUSPENDED  0  0  0")).state())
                .isEqualTo(PoolState.FAULTED);
    }

    @Test
    void errorsOfAGroupAloneCountOnceAndThoseOfItsDevicesAreNotCountedAgain() {
        PoolHealth group = look(status("ONLINE", "", "none requested",
                "\ttank        ONLINE       0     0     0", "\t  raidz1-0  ONLINE       0     0     4",
                "\t    sda     ONLINE       0     0     0", "\t    sdb     ONLINE       0     0     0"));
        assertThat(group.errors()).isEqualTo(4);
        assertThat(group.detail()).isEqualTo("raidz1-0 has 4 errors");

        PoolHealth both = look(status("ONLINE", "", "none requested",
                "\ttank        ONLINE       0     0     7", "\t  raidz1-0  ONLINE       0     0     7",
                "\t    sda     ONLINE       0     0     5", "\t    sdb     ONLINE       0     0 1.21K"));
        assertThat(both.errors()).isEqualTo(5 + 1_239);
    }

    @Test
    void theLastScrubIsKnownAlsoWhenTheNextScanHasBegun() {
        String[] device = {"\ttank  ONLINE  0  0  0", "\t  sda  ONLINE  0  0  0"};
        String done = "scrub repaired 0B in 00:00:01 with 0 errors on Thu Nov 26 05:26:18 2026";
        PoolStatus status = new PoolStatus(new Told(List.of(
                status("ONLINE", "", done, device),
                status("ONLINE", "", "resilver in progress since Thu Nov 26 06:00:00 2026", device),
                status("ONLINE", "", "resilvered 1M in 00:00:01 with 0 errors on Thu Nov 26 06:01:00 2026", device))),
                "tank/volumes", ZoneOffset.UTC);

        for (int looks = 0; looks < 3; looks++) {
            assertThat(status.look().scrubbedAt()).isEqualTo(Instant.parse("2026-11-26T05:26:18Z"));
        }
    }

    @Test
    void aQuotaOnTheVolumesIsReachedBeforeThePoolIsFull() {
        PoolHealth health = new PoolStatus(new Zfs() {
            @Override
            public List<String> run(List<String> command) {
                if (command.getFirst().equals("zpool")) {
                    return status("ONLINE", "", "none requested", "\ttank  ONLINE  0  0  0", "\t  sda  ONLINE  0  0  0");
                }
                String of = command.getLast();
                return List.of(command.contains("used") ? "used\t250" : of.equals("tank") ? "available\t750" : "available\t10");
            }

            @Override
            public ZfsStream start(List<String> command) {
                throw new UnsupportedOperationException("nothing is streamed");
            }
        }, "tank/volumes", ZoneOffset.UTC).look();

        assertThat(health.standing(null)).isEqualTo(PoolStanding.FULL);
    }

    @Test
    void whileACommandCannotBeEndedNoOtherIsBegun() throws Exception {
        // Given one that was killed and is still there, as one that waits in the kernel is
        Process process = new ProcessBuilder("sleep", "600").start();
        List<List<String>> asked = new ArrayList<>();
        PoolStatus status = new PoolStatus(new Zfs() {
            @Override
            public List<String> run(List<String> command) throws IOException {
                asked.add(command);
                throw ZfsFailed.ended(command, "was killed after 15 s", "", process);
            }

            @Override
            public ZfsStream start(List<String> command) {
                throw new UnsupportedOperationException("nothing is streamed");
            }
        }, "tank/volumes", ZoneOffset.UTC);
        try {
            assertThat(status.look().state()).isEqualTo(PoolState.UNREADABLE);
            assertThat(status.look().detail()).contains("was killed after 15 s", "cannot be ended");
            assertThat(asked).hasSize(1);
        } finally {
            process.destroyForcibly().waitFor();
        }
        status.look();
        assertThat(asked).hasSize(2);
    }

    /** One report after the other. */
    private static final class Told implements Zfs {

        private final Deque<List<String>> reports;

        Told(List<List<String>> reports) {
            this.reports = new ArrayDeque<>(reports);
        }

        @Override
        public List<String> run(List<String> command) {
            if (command.getFirst().equals("zfs")) {
                return List.of(command.contains("used") ? "used\t250" : "available\t750");
            }
            return reports.remove();
        }

        @Override
        public ZfsStream start(List<String> command) {
            throw new UnsupportedOperationException("nothing is streamed");
        }
    }

    /** Answers as it was recorded. */
    private record Recorded(String file) implements Zfs {

        @Override
        public List<String> run(List<String> command) throws IOException {
            if (command.getFirst().equals("zfs")) {
                return List.of(command.contains("used") ? "used\t250" : "available\t750");
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
