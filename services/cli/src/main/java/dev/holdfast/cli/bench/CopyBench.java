package dev.holdfast.cli.bench;

import dev.holdfast.cli.Failure;
import dev.holdfast.replication.volume.StoredSnapshot;
import dev.holdfast.replication.zfs.Zfs;
import dev.holdfast.replication.zfs.ZfsCommand;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/** Copies between two pools: by the driver, by the bare commands, by syncoid. What is measured is in seconds. */
final class CopyBench {

    static final String BARE = "bare";
    static final String SYNCOID = "syncoid";

    private static final String GUEST = "bench";
    private static final Duration DESTROYED_WITHIN = Duration.ofSeconds(30);
    private static final int MIB = 1 << 20;

    private final Zfs zfs = new ZfsCommand(Duration.ofMinutes(5));
    private final BenchStore owner;
    private final BenchStore target;
    private final String ownerPool;
    private final String targetPool;

    /**
     * @param ownerDataset in which the owner's volumes are
     * @param targetDataset in which the replicas are to be
     */
    CopyBench(BenchStore owner, String ownerDataset, BenchStore target, String targetDataset) {
        this.owner = owner;
        this.target = target;
        this.ownerPool = pool(ownerDataset);
        this.targetPool = pool(targetDataset);
    }

    private static String pool(String dataset) {
        return dataset.split("/", 2)[0];
    }

    /** A volume with so much of random bytes, and its snapshot. */
    StoredSnapshot fill(int mebibytes) throws IOException {
        write(owner.create(GUEST).resolve("database"), mebibytes, 1);
        return owner.snapshot(GUEST, 1);
    }

    /** Reads it once, so that whoever copies first does not read the disk for those after. */
    void warm() throws IOException {
        shell("zfs send " + snapshotName() + " | cat > /dev/null");
    }

    /** One whole copy into nothing. */
    double copy(String how, StoredSnapshot snapshot) throws IOException {
        long start = System.nanoTime();
        switch (how) {
            case BARE -> shell("zfs send " + snapshotName() + " | zfs receive -u " + targetPool + "/bare");
            case SYNCOID -> syncoid(ownerPool + "/volumes/" + GUEST + "/live", targetPool + "/syncoid");
            default -> owner.send(GUEST, snapshot, target, how);
        }
        double took = seconds(start);
        switch (how) {
            case BARE -> destroy(targetPool + "/bare");
            case SYNCOID -> {
                destroy(targetPool + "/syncoid");
                forgetSyncoid(ownerPool + "/volumes/" + GUEST + "/live");
            }
            default -> destroy(targetPool + "/volumes/" + GUEST);
        }
        return took;
    }

    /** Cycles in which nothing changed, after a first copy: snapshot, send, delete old ones on both sides. */
    List<Double> emptyCycles(String how, int cycles) throws IOException {
        List<Double> took = new ArrayList<>();
        String source = ownerPool + "/volumes/idle" + how + "/live";
        String guest = "idle" + how;
        owner.create(guest);
        for (int cycle = 0; cycle <= cycles; cycle++) {
            if (how.equals(SYNCOID)) {
                awaitNextSecond();
            }
            long start = System.nanoTime();
            switch (how) {
                case SYNCOID -> syncoid(source, targetPool + "/syncoid");
                case BARE -> bareCycle(source, cycle);
                default -> cycle(guest, cycle + 1, how);
            }
            if (cycle > 0) {
                took.add(seconds(start));
            }
        }
        destroy(how.equals(SYNCOID) || how.equals(BARE) ? targetPool + "/" + how : targetPool + "/volumes/" + guest);
        return took;
    }

    /** It names its snapshots by the second. */
    private static void awaitNextSecond() {
        long second = 1_000;
        LockSupport.parkNanos((second - System.currentTimeMillis() % second) * 1_000_000);
    }

    /** The least that a cycle can be: four commands. */
    private void bareCycle(String source, int cycle) throws IOException {
        zfs.run(List.of("zfs", "snapshot", source + "@bare" + cycle));
        String base = cycle == 0 ? "" : "-i @bare" + (cycle - 1) + " ";
        shell("zfs send " + base + source + "@bare" + cycle + " | zfs receive -u " + targetPool + "/" + BARE);
        if (cycle > 1) {
            zfs.run(List.of("zfs", "destroy", source + "@bare" + (cycle - 2)));
            zfs.run(List.of("zfs", "destroy", targetPool + "/" + BARE + "@bare" + (cycle - 2)));
        }
    }

    /**
     * Rounds in which each of so many guests, all at once, changes a little and is copied: the time of a whole round. An
     * interval shorter than that cannot be kept.
     */
    List<Double> rounds(int guests, int rounds, String way) throws IOException {
        List<Path> volumes = new ArrayList<>();
        for (int guest = 0; guest < guests; guest++) {
            volumes.add(owner.create(name(guests, guest)));
        }
        List<Double> took = new ArrayList<>();
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round <= rounds; round++) {
                long start = System.nanoTime();
                List<Future<?>> cycles = new ArrayList<>();
                for (int guest = 0; guest < guests; guest++) {
                    Path volume = volumes.get(guest);
                    String name = name(guests, guest);
                    int sequence = round + 1;
                    cycles.add(all.submit(() -> {
                        Files.writeString(volume.resolve("row"), "row " + sequence + "\n",
                                StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                        cycle(name, sequence, way);
                        return null;
                    }));
                }
                await(cycles);
                if (round > 0) {
                    took.add(seconds(start));
                }
            }
        }
        return took;
    }

    private static String name(int guests, int guest) {
        return "of" + guests + "-" + (guest + 1);
    }

    private static void await(List<Future<?>> cycles) {
        for (Future<?> cycle : cycles) {
            try {
                cycle.get();
            } catch (ExecutionException e) {
                throw Failure.failed("a cycle failed: " + e.getCause().getMessage(), e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Failure.failed("interrupted");
            }
        }
    }

    private void cycle(String guest, long sequence, String way) throws IOException {
        owner.send(guest, owner.snapshot(guest, sequence), target, way);
        owner.retain(guest);
        target.retain(guest);
    }

    private String snapshotName() throws IOException {
        return zfs.run(List.of(
                "zfs", "list", "-H", "-t", "snapshot", "-o", "name", "-r", ownerPool + "/volumes/" + GUEST)).getFirst();
    }

    /** A copy in one go, its words kept for the case that it fails. */
    private static void syncoid(String source, String copy) throws IOException {
        shell("syncoid --quiet --no-resume " + source + " " + copy);
    }

    private void forgetSyncoid(String source) throws IOException {
        for (String snapshot : zfs.run(List.of("zfs", "list", "-H", "-t", "snapshot", "-o", "name", "-r", source))) {
            if (snapshot.contains("@syncoid_")) {
                zfs.run(List.of("zfs", "destroy", snapshot));
            }
        }
    }

    private static void shell(String command) throws IOException {
        Path said = Files.createTempFile("holdfast-bench", ".err");
        try {
            Process process = new ProcessBuilder("sh", "-c", command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(said.toFile())
                    .start();
            int code = process.waitFor();
            if (code != 0) {
                throw new IOException("'" + command + "' exited with " + code + ": " + Files.readString(said).strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            Files.delete(said);
        }
    }

    /** Unmounted file systems are let go of a moment later. */
    private void destroy(String dataset) throws IOException {
        long deadline = System.nanoTime() + DESTROYED_WITHIN.toNanos();
        while (true) {
            try {
                release(dataset);
                zfs.run(List.of("zfs", "destroy", "-r", dataset));
                return;
            } catch (IOException busy) {
                if (System.nanoTime() > deadline) {
                    throw busy;
                }
            }
        }
    }

    /** What the driver holds cannot be destroyed by anybody, which is what holds are for. */
    private void release(String dataset) throws IOException {
        for (String snapshot : zfs.run(List.of("zfs", "list", "-H", "-t", "snapshot", "-o", "name", "-r", dataset))) {
            for (String tag : List.of("holdfast:common-a", "holdfast:common-b", "holdfast:sending")) {
                try {
                    zfs.run(List.of("zfs", "release", tag, snapshot));
                } catch (IOException notHeld) {
                    // It carries some of them only.
                }
            }
        }
    }

    private static void write(Path file, int mebibytes, int seed) throws IOException {
        byte[] mebibyte = new byte[MIB];
        Random random = new Random(seed);
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < mebibytes; i++) {
                random.nextBytes(mebibyte);
                out.write(mebibyte);
            }
        }
    }

    /** Whether there is a syncoid here; if not, why. */
    static String syncoidMissing() {
        try {
            Process process = new ProcessBuilder("syncoid", "--version").redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? null : said.strip();
        } catch (IOException e) {
            return e.getMessage() + "; apt-get install --no-install-recommends sanoid brings it";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
