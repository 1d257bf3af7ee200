package dev.holdfast.replication.zfs;

import dev.holdfast.replication.transfer.Hello;
import dev.holdfast.replication.transfer.InFlightReceives;
import dev.holdfast.replication.transfer.ReplicaSender;
import dev.holdfast.replication.transfer.ReplicaServer;
import dev.holdfast.replication.transfer.SendOutcome;
import dev.holdfast.replication.transport.Bandwidth;
import dev.holdfast.replication.transport.TcpRoute;
import dev.holdfast.replication.volume.Pause;
import dev.holdfast.replication.volume.SnapshotOutcome;
import dev.holdfast.replication.volume.Store;
import dev.holdfast.replication.volume.StoredSnapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Measures the driver against the bare commands, on pools of its own: {@code ZfsBenchmark [mebibytes]}. */
final class ZfsBenchmark {

    private static final int ROUNDS = 15;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private ZfsBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        int mebibytes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 256;
        try (Pools pools = Pools.orSkip()) {
            pools.pool("a", (mebibytes + 256L) * 1024 * 1024);
            pools.pool("b", (2 * mebibytes + 256L) * 1024 * 1024);
            Store owner = pools.open("a");
            Store target = pools.open("b");
            owner.driver.create(Store.GUEST);
            write(owner.live().resolve("database"), mebibytes);
            StoredSnapshot first = owner.snapshot(1, 1);

            long start = System.nanoTime();
            transfer(owner, target, first);
            report("full copy of " + mebibytes + " MiB by the driver", start, mebibytes);
            String[] names = {pools.dataset("a", "live@hf-1-1"), pools.pool("b") + "/bare"};
            start = System.nanoTime();
            run("zfs send " + names[0] + " | zfs receive -u " + names[1]);
            report("the same by zfs send | zfs receive", start, mebibytes);
            emptyCycles(owner, target);
        }
    }

    /** A cycle in which nothing changed: snapshot, transfer, retention. */
    private static void emptyCycles(Store owner, Store target) throws Exception {
        List<Long> pauses = new ArrayList<>();
        List<Long> snapshots = new ArrayList<>();
        List<Long> transfers = new ArrayList<>();
        List<Long> retentions = new ArrayList<>();
        for (int round = 2; round < 2 + ROUNDS; round++) {
            long start = System.nanoTime();
            SnapshotOutcome.Taken taken =
                    (SnapshotOutcome.Taken) owner.driver.snapshot(owner.request(1, round, Pause.NOT_RUNNING));
            snapshots.add(System.nanoTime() - start);
            pauses.add(taken.pause().toNanos());
            start = System.nanoTime();
            transfer(owner, target, taken.snapshot());
            transfers.add(System.nanoTime() - start);
            start = System.nanoTime();
            owner.driver.retain(Store.GUEST, 3, java.util.Set.of());
            target.driver.retain(Store.GUEST, 3, java.util.Set.of());
            retentions.add(System.nanoTime() - start);
        }
        median("guest stands still", pauses);
        median("snapshot", snapshots);
        median("empty increment, sent, received and noted", transfers);
        median("old ones deleted, both sides", retentions);
    }

    /** As nodes do it: over TCP, with everything both sides ask of their drivers. */
    private static void transfer(Store owner, Store target, StoredSnapshot snapshot) throws IOException {
        InetAddress here = InetAddress.getLoopbackAddress();
        ReplicaServer.Config config =
                new ReplicaServer.Config(new InetSocketAddress(here, 0), "b", Store.LIFE, LIMIT);
        try (ReplicaServer server =
                ReplicaServer.start(config, target.driver, target.floors, new InFlightReceives(), event -> {})) {
            ReplicaSender sender = new ReplicaSender(
                    owner.driver, new ReplicaSender.Config(LIMIT, LIMIT, LIMIT), Bandwidth.UNLIMITED);
            Hello hello = new Hello(
                    Store.GUEST, 1, "a", Store.LIFE, "b", Store.LIFE, snapshot.id(),
                    sender.bases(Store.GUEST, snapshot.id()));
            SendOutcome outcome = sender.send(
                    new TcpRoute(new InetSocketAddress(here, server.port())), hello, progress -> {});
            if (!(outcome instanceof SendOutcome.Stored)) {
                throw new IOException(outcome.toString());
            }
        }
    }

    private static void run(String shell) throws Exception {
        Process process = new ProcessBuilder("sh", "-c", shell).inheritIO().start();
        if (process.waitFor() != 0) {
            throw new IOException(shell);
        }
    }

    private static void write(Path file, int mebibytes) throws IOException {
        byte[] mebibyte = new byte[1024 * 1024];
        Random random = new Random(1);
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < mebibytes; i++) {
                random.nextBytes(mebibyte);
                out.write(mebibyte);
            }
        }
    }

    private static void report(String what, long start, int mebibytes) {
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("%s: %.2f s, %.0f MiB/s%n", what, seconds, mebibytes / seconds);
    }

    private static void median(String what, List<Long> nanos) {
        nanos.sort(null);
        System.out.printf(
                "%s: median %d ms, worst %d ms of %d%n",
                what, nanos.get(nanos.size() / 2) / 1_000_000, nanos.getLast() / 1_000_000, nanos.size());
    }
}
