package dev.holdfast.cli.bench;

import dev.holdfast.cli.Failure;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.replication.transfer.Hello;
import dev.holdfast.replication.transfer.InFlightReceives;
import dev.holdfast.replication.transfer.ReplicaSender;
import dev.holdfast.replication.transfer.ReplicaServer;
import dev.holdfast.replication.transfer.SendOutcome;
import dev.holdfast.replication.transport.Bandwidth;
import dev.holdfast.replication.transport.PipeRoute;
import dev.holdfast.replication.transport.Route;
import dev.holdfast.replication.transport.TcpRoute;
import dev.holdfast.replication.volume.Pause;
import dev.holdfast.replication.volume.ReplicaFloors;
import dev.holdfast.replication.volume.SnapshotOutcome;
import dev.holdfast.replication.volume.SnapshotRequest;
import dev.holdfast.replication.volume.StoredSnapshot;
import dev.holdfast.replication.volume.VolumeDriver;
import dev.holdfast.replication.zfs.ZfsDriver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/** The storage of one node of a measurement, with what the replication service makes of it. */
final class BenchStore implements AutoCloseable {

    private static final Incarnation LIFE = new Incarnation(1, 1);
    private static final long EPOCH = 1;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final String node;
    private final VolumeDriver driver;
    private final ReplicaServer server;

    private BenchStore(String node, VolumeDriver driver, ReplicaServer server) {
        this.node = node;
        this.driver = driver;
        this.server = server;
    }

    /**
     * Opens the storage of a node.
     *
     * @param dataset in which its volumes are to be
     * @param folder for mounts and floors
     */
    static BenchStore open(String node, String dataset, Path folder) throws IOException {
        VolumeDriver driver = ZfsDriver.open(new ZfsDriver.Config(dataset, folder.resolve("mnt"), node));
        Files.createDirectories(folder);
        ReplicaServer.Config config = new ReplicaServer.Config(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), node, LIFE, LIMIT);
        return new BenchStore(node, driver, ReplicaServer.start(
                config, driver, ReplicaFloors.open(folder.resolve("floors")), new InFlightReceives(), event -> { }));
    }

    /** Makes a volume, and says where it is mounted. */
    Path create(String guest) throws IOException {
        driver.create(guest);
        return driver.livePath(guest);
    }

    /** Takes a snapshot of a guest that does not run. */
    StoredSnapshot snapshot(String guest, long sequence) {
        SnapshotRequest request = new SnapshotRequest(
                guest, EPOCH, sequence, node, LIFE, () -> Duration.ofSeconds(sequence), Pause.NOT_RUNNING, LIMIT);
        return switch (driver.snapshot(request)) {
            case SnapshotOutcome.Taken taken -> taken.snapshot();
            case SnapshotOutcome.Dropped dropped -> throw Failure.failed("no snapshot of " + guest + ": " + dropped);
        };
    }

    /**
     * Sends a snapshot, as the owner does, and waits until the target has stored it.
     *
     * @param way {@code pipe} or {@code tcp}
     */
    void send(String guest, StoredSnapshot snapshot, BenchStore target, String way) throws IOException {
        ReplicaSender sender = new ReplicaSender(
                driver, new ReplicaSender.Config(LIMIT, LIMIT, LIMIT), Bandwidth.UNLIMITED);
        Hello hello = new Hello(
                guest, EPOCH, node, LIFE, target.node, LIFE, snapshot.id(), sender.bases(guest, snapshot.id()));
        SendOutcome outcome = sender.send(target.route(way), hello, progress -> { });
        if (!(outcome instanceof SendOutcome.Stored)) {
            throw Failure.failed(guest + " was not copied by " + way + ": " + outcome);
        }
    }

    private Route route(String way) throws IOException {
        return switch (way) {
            case "pipe" -> new PipeRoute(node, server);
            case "tcp" -> new TcpRoute(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
            default -> throw Failure.badInput("--way '" + way + "': must be pipe or tcp");
        };
    }

    /** Deletes old snapshots, as after each copy. */
    void retain(String guest) throws IOException {
        driver.retain(guest, 3, Set.of());
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
