package dev.holdfast.replication.zfs;

import dev.holdfast.replication.volume.Steps;
import dev.holdfast.replication.volume.Store;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/**
 * Real pools on files, one per node of a test, destroyed at its end. The files lie in the folder that the system
 * property {@code holdfast.zfs.files} names, or where temporary files do.
 */
public final class Pools implements AutoCloseable {

    public static final Zfs COMMANDS = new ZfsCommand(Duration.ofSeconds(60));

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final long DEFAULT_SIZE = 256L * 1024 * 1024;

    private final Path folder;
    private final Map<String, String> pools = new HashMap<>();

    private Pools(Path folder) {
        this.folder = folder;
    }

    /** Skips the test, with the reason, where there is no ZFS. */
    public static Pools orSkip() throws IOException {
        String install = "; infra/ci/prepare installs it (apt-get install zfs-fuse) and starts it";
        try {
            COMMANDS.run(List.of("zpool", "list"));
        } catch (ZfsFailed failed) {
            Assumptions.abort("no ZFS here: " + failed.getMessage() + install);
        }
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "pools are made by root only");
        String files = System.getProperty("holdfast.zfs.files", System.getProperty("java.io.tmpdir"));
        return new Pools(Files.createTempDirectory(Path.of(files), "holdfast-zfs"));
    }

    /** The node's pool, made if needed. */
    String pool(String node) throws IOException {
        return pool(node, DEFAULT_SIZE);
    }

    String pool(String node, long size) throws IOException {
        String known = pools.get(node);
        if (known != null) {
            return known;
        }
        Path file = folder.resolve(node + ".pool");
        sparse(file, size);
        String pool = nextName();
        COMMANDS.run(List.of("zpool", "create", "-O", "mountpoint=none", pool, file.toString()));
        pools.put(node, pool);
        return pool;
    }

    /** A pool with parity. */
    record Raidz(String pool, List<Path> devices) {}

    /** The node's pool, made of files with one parity. */
    Raidz raidz(String node, int devices, long size) throws IOException {
        List<Path> files = new java.util.ArrayList<>();
        String pool = nextName();
        List<String> command = new java.util.ArrayList<>(
                List.of("zpool", "create", "-O", "mountpoint=none", pool, "raidz1"));
        for (int i = 1; i <= devices; i++) {
            Path file = folder.resolve(node + "-" + i + ".device");
            sparse(file, size);
            files.add(file);
            command.add(file.toString());
        }
        COMMANDS.run(command);
        pools.put(node, pool);
        return new Raidz(pool, files);
    }

    /** The name of the guest's part, for commands of a test. */
    String dataset(String node, String part) throws IOException {
        return pool(node) + "/volumes/" + Store.GUEST + (part.isEmpty() ? "" : "/" + part);
    }

    Path mounts(String node) {
        return folder.resolve(node).resolve("mnt");
    }

    Store open(String node) throws IOException {
        return open(node, COMMANDS, Steps.NONE);
    }

    Store open(String node, Zfs zfs, Steps steps) throws IOException {
        ZfsDriver.Config config = new ZfsDriver.Config(pool(node) + "/volumes", mounts(node), node);
        return Store.of(folder.resolve(node), ZfsDriver.open(config, zfs, steps));
    }

    private static String nextName() {
        return "hft" + ProcessHandle.current().pid() + "n" + NUMBER.incrementAndGet();
    }

    private static void sparse(Path file, long size) throws IOException {
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(size);
        }
    }

    /** Before looking again. */
    static void shortPause() {
        LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }

    static List<String> zfs(String... arguments) throws IOException {
        List<String> command = new java.util.ArrayList<>(List.of("zfs"));
        command.addAll(List.of(arguments));
        return COMMANDS.run(command);
    }

    /** Destroys one pool before the others. */
    void drop(String node) throws IOException {
        destroy(pools.remove(node));
        Files.delete(folder.resolve(node + ".pool"));
    }

    private static void destroy(String pool) throws IOException {
        onceFree(List.of("zpool", "destroy", "-f", pool));
    }

    /** A command on what was mounted: a daemon lets go of a file system a moment after its unmount has returned. */
    static void onceFree(List<String> command) throws IOException {
        for (int left = 50; ; left--) {
            try {
                COMMANDS.run(command);
                return;
            } catch (ZfsFailed failed) {
                if (left == 0 || !failed.says("busy")) {
                    throw failed;
                }
                shortPause();
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (String pool : pools.values()) {
            destroy(pool);
        }
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
