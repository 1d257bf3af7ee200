package dev.holdfast.replication.volume;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;

/**
 * Prints what a snapshot, an increment and a promotion cost for one large file of which a share of the blocks changes
 * between two snapshots: {@code VolumeBenchmark <folder> <MiB> <changed per mille> <rounds>}. Half of the changes come
 * while the snapshot is prepared, so that the pause has something to copy.
 */
final class VolumeBenchmark {

    private VolumeBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        int mebibytes = Integer.parseInt(arguments[1]);
        int perMille = Integer.parseInt(arguments[2]);
        Store owner = Store.open(folder.resolve("a"));
        Store target = Store.open(folder.resolve("b"));
        owner.driver.create(Store.GUEST);
        Path database = owner.live().resolve("database");
        Random random = new Random(1);
        fill(database, mebibytes, random);
        System.out.println("volume " + mebibytes + " MiB, " + perMille / 10.0 + " % of blocks changed, reflink "
                + Reflink.isSupported(folder));
        Optional<String> base = Optional.empty();
        for (int round = 1; round <= Integer.parseInt(arguments[3]); round++) {
            int changes = mebibytes * 16 * perMille / 1000;
            change(database, changes / 2, random);
            long start = System.nanoTime();
            long[] processor = new long[2];
            SnapshotOutcome outcome = owner.driver.snapshot(owner.request(1, round, atMost -> {
                change(database, changes / 2, random);
                processor[0] = processorTime();
                return () -> {
                    processor[1] = processorTime();
                    return true;
                };
            }));
            long taken = System.nanoTime();
            if (!(outcome instanceof SnapshotOutcome.Taken snapshot)) {
                throw new IllegalStateException(outcome.toString());
            }
            Path stream = folder.resolve("stream");
            try (OutputStream out = Files.newOutputStream(stream);
                    Increment increment =
                            owner.driver.increment(Store.GUEST, base, snapshot.snapshot().id())) {
                increment.writeTo(out);
            }
            long streamed = System.nanoTime();
            try (InputStream in = new BufferedInputStream(Files.newInputStream(stream), 128 * 1024)) {
                target.driver.receive(Store.GUEST, in);
            }
            long received = System.nanoTime();
            System.out.printf(
                    "%2d: pause %4d ms (processor %4d ms), snapshot %5d ms, increment %5.1f MiB read in %4d ms, received in %5d ms%n",
                    round,
                    snapshot.pause().toMillis(),
                    millis(processor[0], processor[1]),
                    millis(start, taken),
                    Files.size(stream) / 1048576.0,
                    millis(taken, streamed),
                    millis(streamed, received));
            base = Optional.of(snapshot.snapshot().id());
            owner.driver.retain(Store.GUEST, 2, java.util.Set.of());
            target.driver.retain(Store.GUEST, 2, java.util.Set.of());
        }
        long start = System.nanoTime();
        target.driver.prepare(Store.GUEST, base.orElseThrow());
        long prepared = System.nanoTime();
        target.promote(2);
        System.out.printf(
                "prepare %d ms, promotion after it %d ms%n", millis(start, prepared), millis(prepared, System.nanoTime()));
    }

    /** Of this process, all threads: what the pause costs on a machine that is busy with other things. */
    private static long processorTime() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static long millis(long from, long to) {
        return (to - from) / 1_000_000;
    }

    private static void fill(Path file, int mebibytes, Random random) throws IOException {
        byte[] chunk = new byte[1024 * 1024];
        try (var out = Files.newOutputStream(file)) {
            for (int i = 0; i < mebibytes; i++) {
                random.nextBytes(chunk);
                out.write(chunk);
            }
        }
    }

    private static void change(Path file, int blocks, Random random) throws IOException {
        byte[] bytes = new byte[4096];
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            for (int i = 0; i < blocks; i++) {
                random.nextBytes(bytes);
                open.seek(random.nextLong(open.length() / Blocks.BLOCK) * Blocks.BLOCK);
                open.write(bytes);
            }
        }
    }
}
