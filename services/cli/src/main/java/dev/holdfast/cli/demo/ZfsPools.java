package dev.holdfast.cli.demo;

import dev.holdfast.cli.Failure;
import dev.holdfast.cli.local.Waiting;
import dev.holdfast.replication.zfs.Zfs;
import dev.holdfast.replication.zfs.ZfsCommand;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** A ZFS pool for each node of a demo or a measurement: real raidz1 pools, whose devices are files in a folder. */
public final class ZfsPools {

    private static final Duration COMMAND_LIMIT = Duration.ofSeconds(60);
    private static final Duration DESTROYED_WITHIN = Duration.ofSeconds(20);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);
    private static final int DEVICES = 3;
    /** Sparse: the disk holds what was written. */
    private static final long DEVICE_BYTES = 512L << 20;

    private final long deviceBytes;

    private final Zfs zfs = new ZfsCommand(COMMAND_LIMIT);
    private final Path folder;
    private final List<String> nodes;
    private final String prefix = "holdfast-%06x-".formatted(ThreadLocalRandom.current().nextInt(1 << 24));
    private final List<String> made = new ArrayList<>();

    /** @param folder of the device files, made if needed */
    ZfsPools(Path folder, List<String> nodes) {
        this(folder, nodes, DEVICE_BYTES);
    }

    /** @param deviceBytes size of each of the three devices of a pool */
    public ZfsPools(Path folder, List<String> nodes, long deviceBytes) {
        this.deviceBytes = deviceBytes;
        this.folder = folder;
        this.nodes = List.copyOf(nodes);
    }

    /** The dataset of each node, with the place for its name. */
    public String dataset() {
        return prefix + "{node}/volumes";
    }

    /** The pool of a node. */
    public String pool(String node) {
        return prefix + node;
    }

    /** The file of one of its devices, counted from 1. */
    public Path device(String node, int number) {
        return folder.resolve(node + "-" + number);
    }

    /** @throws Failure if ZFS is not there or makes no pool; what was made is removed again */
    public void create() {
        try {
            zfs.run(List.of("zpool", "list", "-H", "-o", "name"));
        } catch (IOException missing) {
            throw Failure.badInput("ZFS does not answer on this machine: " + missing.getMessage()
                    + "; as root, 'infra/ci/prepare' installs it and starts it");
        }
        try {
            Files.createDirectories(folder);
            for (String node : nodes) {
                create(node);
            }
        } catch (IOException failed) {
            destroy();
            throw Failure.failed("no pool can be made: " + failed.getMessage(), failed);
        }
    }

    private void create(String node) throws IOException {
        List<String> command = new ArrayList<>(List.of("zpool", "create", "-m", "none", pool(node), "raidz1"));
        for (int device = 1; device <= DEVICES; device++) {
            Path file = device(node, device);
            try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
                sparse.setLength(deviceBytes);
            }
            command.add(file.toString());
        }
        zfs.run(command);
        made.add(pool(node));
    }

    /** Destroys what was made; says what cannot be. */
    public List<String> destroy() {
        List<String> left = new ArrayList<>();
        for (String pool : List.copyOf(made)) {
            // Just after its datasets were unmounted zfs-fuse may call a pool busy.
            if (!Waiting.until(() -> destroyed(pool), DESTROYED_WITHIN, BETWEEN_TRIES)) {
                left.add(pool);
            }
        }
        return left;
    }

    private boolean destroyed(String pool) {
        try {
            zfs.run(List.of("zpool", "destroy", "-f", pool));
            made.remove(pool);
            return true;
        } catch (IOException busy) {
            return false;
        }
    }

    List<String> names() {
        return List.copyOf(made);
    }
}
