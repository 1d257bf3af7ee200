package dev.holdfast.replication.zfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.node.PoolHealth;
import dev.holdfast.core.node.PoolStanding;
import dev.holdfast.core.node.PoolState;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real raidz1 pool of three files, from which a device is taken and to which it is brought back. */
class RaidzHealthTest {

    private static final int MIB = 1024 * 1024;

    private Pools pools;
    private Pools.Raidz raidz;
    private PoolStatus status;

    @BeforeEach
    void aPoolOfThreeDevices() throws IOException {
        pools = Pools.orSkip();
        raidz = pools.raidz("a", 3, 128L * MIB);
        status = new PoolStatus(Pools.COMMANDS, raidz.pool() + "/volumes", ZoneId.systemDefault());
    }

    @AfterEach
    void destroy() throws IOException {
        if (pools != null) {
            pools.close();
        }
    }

    private void zpool(String verb, Path... devices) throws IOException {
        List<String> command = new java.util.ArrayList<>(List.of("zpool", verb, raidz.pool()));
        for (Path device : devices) {
            command.add(device.toString());
        }
        Pools.COMMANDS.run(command);
    }

    @Test
    void aDeviceThatIsTakenAwayWarnsUntilItIsBroughtBack() throws IOException {
        PoolHealth whole = status.look();
        assertThat(whole.standing(null)).as("%s", whole).isEqualTo(PoolStanding.FIT);
        // Two of three devices hold data, and ZFS keeps a part of that for itself: OpenZFS 128 MiB of so small a pool.
        assertThat(whole.sizeBytes()).isBetween(100L * MIB, 256L * MIB);

        zpool("offline", raidz.devices().get(1));
        PoolHealth degraded = status.look();
        assertThat(degraded.state()).isEqualTo(PoolState.DEGRADED);
        assertThat(degraded.standing(PoolStanding.FIT)).isEqualTo(PoolStanding.WARNS);
        assertThat(degraded.detail()).isEqualTo(raidz.devices().get(1) + " is OFFLINE");

        zpool("online", raidz.devices().get(1));
        assertThat(once(PoolState.ONLINE).standing(PoolStanding.WARNS)).isEqualTo(PoolStanding.FIT);
    }

    @Test
    void aDeviceThatSpoilsDataWarnsUntilItsErrorsAreCleared() throws IOException {
        Path mount = pools.mounts("a");
        Files.createDirectories(mount);
        Pools.zfs("create", "-o", "mountpoint=" + mount, raidz.pool() + "/volumes");
        Files.write(mount.resolve("data"), random(24 * MIB));
        zpool("export");
        spoil(raidz.devices().get(1));
        Pools.COMMANDS.run(List.of("zpool", "import", "-d", raidz.devices().getFirst().getParent().toString(), raidz.pool()));
        zpool("scrub");

        PoolHealth spoilt = onceScrubbed();
        assertThat(spoilt.errors()).as("%s", spoilt).isPositive();
        assertThat(spoilt.standing(PoolStanding.FIT)).isEqualTo(PoolStanding.WARNS);
        assertThat(spoilt.detail()).contains(raidz.devices().get(1) + " has ");

        zpool("clear");
        PoolHealth cleared = status.look();
        assertThat(cleared.standing(PoolStanding.WARNS)).as("%s", cleared).isEqualTo(PoolStanding.FIT);
        Pools.onceFree(List.of("zfs", "destroy", "-r", raidz.pool() + "/volumes"));
    }

    @Test
    void aPoolWithoutRoomIsFullUntilThereIsRoomAgain() throws IOException {
        Path mount = pools.mounts("a");
        Files.createDirectories(mount);
        Pools.zfs("create", "-o", "mountpoint=" + mount, raidz.pool() + "/volumes");
        PoolStanding standing = status.look().standing(null);
        int files = 0;
        while (standing != PoolStanding.FULL) {
            Files.write(mount.resolve("file" + files), random(4 * MIB));
            files++;
            Pools.COMMANDS.run(List.of("sync"));
            standing = status.look().standing(standing);
            assertThat(files).as("files of 4 MiB in a pool of %s", status.look()).isLessThan(100);
        }
        assertThat(status.look().usedPercent()).isBetween(PoolHealth.FULL_AT, 100);

        while (standing == PoolStanding.FULL) {
            files--;
            Files.delete(mount.resolve("file" + files));
            standing = onceUsedLessThan(status.look().usedPercent()).standing(standing);
        }
        assertThat(status.look().usedPercent()).isLessThan(PoolHealth.ROOM_BELOW);
        Pools.onceFree(List.of("zfs", "destroy", "-r", raidz.pool() + "/volumes"));
    }

    /** What is deleted is free a moment later. */
    private PoolHealth onceUsedLessThan(int percent) throws IOException {
        PoolHealth health = status.look();
        for (int left = 100; left > 0 && health.usedPercent() >= percent; left--) {
            Pools.COMMANDS.run(List.of("sync"));
            Pools.shortPause();
            health = status.look();
        }
        return health;
    }

    private PoolHealth once(PoolState state) {
        PoolHealth health = status.look();
        for (int left = 100; left > 0 && health.state() != state; left--) {
            Pools.shortPause();
            health = status.look();
        }
        assertThat(health.state()).as("%s", health).isEqualTo(state);
        return health;
    }

    private PoolHealth onceScrubbed() {
        PoolHealth health = status.look();
        for (int left = 100; left > 0 && health.scrubbedAt() == null; left--) {
            Pools.shortPause();
            health = status.look();
        }
        assertThat(health.scrubbedAt()).as("%s", health).isNotNull();
        return health;
    }

    /** Everything but the labels at both ends. */
    private static void spoil(Path device) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(device.toFile(), "rw")) {
            file.seek(5L * MIB);
            file.write(random(100 * MIB));
        }
    }

    private static byte[] random(int bytes) {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        return content;
    }
}
