package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.demo.LoadReport;
import dev.holdfast.cli.demo.ZfsPools;
import dev.holdfast.core.event.NodeEvent.NodeFenced;
import dev.holdfast.core.event.NodeEvent.PoolChanged;
import dev.holdfast.core.node.PoolStanding;
import dev.holdfast.replication.zfs.ZfsCommand;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real raidz1 pools under a real database: a device is taken and brought back, and a pool fills and has room again. */
class PoolTroubleIT {

    private static final int MIB = 1 << 20;
    private static final long DEVICE_BYTES = 256L * MIB;

    @TempDir
    private static Path folder;

    private static ZfsPools pools;

    @BeforeAll
    static void makePools() {
        NeedsZfs.orSkip();
        pools = new ZfsPools(folder, List.of("a", "b", "c"), DEVICE_BYTES);
        pools.create();
    }

    @AfterAll
    static void destroyPools() {
        if (pools != null) {
            assertThat(pools.destroy()).as("pools left").isEmpty();
        }
    }

    @Test
    void aDegradedPoolWarnsAndAFullOneLosesItsGuestWithoutLosingARow() throws Exception {
        try (TestCluster cluster = TestCluster.withDatabaseOnZfs("pool", Duration.ofSeconds(3), pools.dataset())) {
            cluster.beginLoad();
            String owner = cluster.owner();
            awaitPool(cluster, owner, PoolStanding.FIT);

            zpool("offline", owner);
            awaitPool(cluster, owner, PoolStanding.WARNS);
            assertThat(cluster.holdfast(0, "status")).containsPattern("(?m)^" + owner + " .*WARNS");
            assertThat(cluster.owner()).as("a pool that warns keeps its guest").isEqualTo(owner);
            zpool("online", owner);
            awaitPool(cluster, owner, PoolStanding.FIT);

            Path ballast = fill(owner);
            awaitPool(cluster, owner, PoolStanding.FULL);
            cluster.awaitAnsweringElsewhere(owner);
            assertThat(cluster.holdfast(0, "status")).containsPattern("(?m)^" + owner + " .*FULL");
            LoadReport report = cluster.load().check(Duration.ofSeconds(60));
            assertThat(report.rowsLost()).as("rows lost").isZero();
            assertThat(report.rowsCorrupt()).as("corrupt rows").isZero();

            Files.delete(ballast);
            awaitPool(cluster, owner, PoolStanding.FIT);
            assertThat(cluster.events(PoolChanged.class)).extracting(PoolChanged::to)
                    .contains(PoolStanding.WARNS, PoolStanding.FULL, PoolStanding.FIT);
            assertThat(cluster.events(NodeFenced.class)).as("fencings").isEmpty();
            cluster.proveSafety();
        }
    }

    private static void awaitPool(TestCluster cluster, String node, PoolStanding standing) {
        cluster.await("pool of " + node + " " + standing, Duration.ofSeconds(90),
                () -> cluster.state().filter(state -> state.node(node).poolStanding() == standing).isPresent());
    }

    private static void zpool(String verb, String node) throws IOException {
        run("zpool", verb, pools.pool(node), pools.device(node, 2).toString());
    }

    private static void run(String... command) throws IOException {
        new ZfsCommand(Duration.ofSeconds(60)).run(List.of(command));
    }

    /** A dataset beside the volumes takes nearly all of the room, until writing ends. */
    private static Path fill(String node) throws IOException {
        Path mount = Files.createDirectories(folder.resolve("ballast-" + node));
        run("zfs", "create", "-o", "mountpoint=" + mount, pools.pool(node) + "/ballast");
        byte[] mebibyte = new byte[MIB];
        new Random(1).nextBytes(mebibyte);
        Path file = mount.resolve("file");
        try (OutputStream out = Files.newOutputStream(file)) {
            long room = Files.getFileStore(mount).getUsableSpace();
            // Room is left for the last increment of the guest, which has to leave.
            for (long written = 0; written < room - 12L * MIB; written += MIB) {
                out.write(mebibyte);
            }
        }
        return file;
    }
}
