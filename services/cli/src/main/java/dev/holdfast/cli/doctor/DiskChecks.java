package dev.holdfast.cli.doctor;

import dev.holdfast.cli.output.Size;
import dev.holdfast.core.guest.DurationText;
import dev.holdfast.node.cluster.NodeFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How quick and how full the disks of a node on this machine are. */
final class DiskChecks {

    private static final int WRITES = 20;
    private static final int RECORD_BYTES = 1024;
    private static final Duration AT_MOST = Duration.ofSeconds(1);
    private static final long FEW_BYTES = 2L << 30;
    private static final long TOO_FEW_BYTES = 512L << 20;
    private static final double FEW = 0.10;
    private static final double TOO_FEW = 0.03;

    private DiskChecks() {}

    static List<Check> of(String node, NodeFolder folder, Duration beat) {
        List<Check> checks = new ArrayList<>();
        checks.add(fsync(node, folder.kafka(), beat));
        checks.add(space("disk", node, folder.kafka(), "the log"));
        if (!sameStore(folder.kafka(), folder.volumes())) {
            checks.add(space("disk", node, folder.volumes(), "volumes"));
        }
        return checks;
    }

    private static Check fsync(String node, Path folder, Duration beat) {
        try {
            return judged(node, measure(folder), beat);
        } catch (IOException failed) {
            return Check.fail("fsync", node, "cannot be measured: " + failed, "writable", "see to " + folder);
        }
    }

    /** Small records, each made durable before the next, in a file of its own that is gone afterwards. */
    private static List<Duration> measure(Path folder) throws IOException {
        Path file = Files.createTempFile(folder, "doctor-", ".tmp");
        List<Duration> took = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            long begun = System.nanoTime();
            while (took.size() < WRITES && System.nanoTime() - begun < AT_MOST.toNanos()) {
                long before = System.nanoTime();
                channel.write(ByteBuffer.allocate(RECORD_BYTES));
                channel.force(true);
                took.add(Duration.ofNanos(System.nanoTime() - before));
            }
        } finally {
            Files.deleteIfExists(file);
        }
        return took.stream().sorted().toList();
    }

    /** Every beat is made durable on two disks before it is acknowledged, beside all else that the broker writes. */
    static Check judged(String node, List<Duration> sorted, Duration beat) {
        Duration median = sorted.get(sorted.size() / 2);
        Duration longest = sorted.getLast();
        boolean slow = median.compareTo(beat.dividedBy(10)) > 0 || longest.compareTo(beat) > 0;
        Verdict verdict = median.compareTo(beat) > 0 ? Verdict.FAIL : slow ? Verdict.WARN : Verdict.OK;
        return Check.of(verdict, "fsync", node,
                "median " + millis(median) + ", longest " + millis(longest) + " of " + sorted.size(),
                "median " + DurationText.of(beat.dividedBy(10)) + ", longest " + DurationText.of(beat)
                        + ": a tenth of a beat, and a beat",
                "use a faster disk for " + node + ", take load from it, or 'settings set --profile careful'");
    }

    private static Check space(String name, String node, Path folder, String what) {
        try {
            FileStore store = Files.getFileStore(folder);
            return judged(name, node, what, store.getUsableSpace(), store.getTotalSpace());
        } catch (IOException failed) {
            return Check.fail(name, node, what + ": unknown: " + failed, "there", "see to " + folder);
        }
    }

    static Check judged(String name, String node, String what, long free, long total) {
        double share = total == 0 ? 1 : (double) free / total;
        Verdict verdict = free < TOO_FEW_BYTES || share < TOO_FEW ? Verdict.FAIL
                : free < FEW_BYTES || share < FEW ? Verdict.WARN : Verdict.OK;
        return Check.of(verdict, name, node,
                what + ": " + Size.of(free) + " free of " + Size.of(total)
                        + String.format(Locale.ROOT, " (%.0f %%)", share * 100),
                "10 % and " + Size.of(FEW_BYTES) + "; below 3 % or " + Size.of(TOO_FEW_BYTES) + " it fails",
                "make room: a broker with a full disk stops, and its node with it");
    }

    private static boolean sameStore(Path one, Path other) {
        try {
            return Files.getFileStore(one).equals(Files.getFileStore(other));
        } catch (IOException unknown) {
            return true;
        }
    }

    private static String millis(Duration duration) {
        return String.format(Locale.ROOT, "%.1f ms", duration.toNanos() / 1e6);
    }
}
