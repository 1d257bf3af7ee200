package dev.holdfast.cli.bench;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.Failure;
import dev.holdfast.cli.command.Verb;
import dev.holdfast.cli.demo.ZfsPools;
import dev.holdfast.cli.output.Fields;
import dev.holdfast.cli.output.Json;
import dev.holdfast.replication.volume.StoredSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Copies on ZFS, beside what else copies there. */
@Command(
        name = "replication",
        description = "Measure copies between two ZFS pools made for it, beside the bare commands and syncoid.",
        footerHeading = "%nWhat is measured:%n",
        footer = {
            "  copy      a whole volume into an empty pool: by the driver over each way, by 'zfs send | zfs receive', and by",
            "            syncoid. They take turns, another one first in each run; the volume was read once before.",
            "  cycle     snapshot, send, delete old ones, where nothing has changed",
            "  interval  a round in which each of N guests changes a little and is copied, all at once, one round after the",
            "            other: the shortest interval that can be kept is that of the slowest round",
            "",
            "  Needs root and a ZFS that answers; 'infra/ci/prepare' installs both for Debian, and 'apt-get install sanoid'",
            "  the other one. Pools lie on sparse files in --folder and are destroyed in the end.",
        })
final class ReplicationCommand extends Verb {

    private static final String OWNER = "a";
    private static final String TARGET = "b";
    /** Room for a copy of each kind beside the original, and parity. */
    private static final long SPARE_MIB = 1_024;

    @Option(names = "--size", paramLabel = "MIB", defaultValue = "512",
            description = "Size of the volume that is copied whole. Default: ${DEFAULT-VALUE}")
    private int size;

    @Option(names = "--runs", paramLabel = "N", defaultValue = "5",
            description = "Whole copies of each kind. Default: ${DEFAULT-VALUE}")
    private int runs;

    @Option(names = "--cycles", paramLabel = "N", defaultValue = "15",
            description = "Empty cycles of each kind, and rounds for each number of guests. Default: ${DEFAULT-VALUE}")
    private int cycles;

    @Option(names = "--guests", paramLabel = "N", split = ",", defaultValue = "1,10,50",
            description = "How many guests are copied at once. Default: ${DEFAULT-VALUE}")
    private List<Integer> guests;

    @Option(names = "--way", paramLabel = "WAY", split = ",", defaultValue = "pipe,tcp",
            description = "pipe, tcp. Default: ${DEFAULT-VALUE}")
    private List<String> ways;

    @Option(names = "--folder", paramLabel = "DIR", description = "For the files of the pools. Default: a temporary one")
    private Path folder;

    private final List<Fields> lines = new ArrayList<>();

    @Override
    public Integer call() {
        check();
        Path place = null;
        try {
            place = Files.createTempDirectory(folder == null ? Path.of(System.getProperty("java.io.tmpdir")) : folder,
                    "holdfast-bench");
            measureIn(place);
            return ExitCode.OK;
        } catch (IOException e) {
            throw Failure.failed(e.getMessage(), e);
        } finally {
            delete(place);
        }
    }

    private void check() {
        require(size >= 1 && size <= 100_000, "--size " + size + ": must be 1 to 100000 MiB");
        require(runs >= 1 && runs <= 1_000, "--runs " + runs + ": must be 1 to 1000");
        require(cycles >= 1 && cycles <= 1_000, "--cycles " + cycles + ": must be 1 to 1000");
        guests.forEach(each -> require(each >= 1 && each <= 200, "--guests " + each + ": must be 1 to 200"));
        ways.forEach(way -> require(List.of("pipe", "tcp").contains(way), "--way '" + way + "': must be pipe or tcp"));
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw Failure.badInput(otherwise);
        }
    }

    private void measureIn(Path place) throws IOException {
        ZfsPools pools = new ZfsPools(
                place.resolve("pools"), List.of(OWNER, TARGET), (2L * size + SPARE_MIB) * (1 << 20));
        Thread undo = new Thread(() -> {
            pools.destroy();
            delete(place);
        });
        pools.create();
        Runtime.getRuntime().addShutdownHook(undo);
        try (BenchStore owner = store(pools, OWNER, place); BenchStore target = store(pools, TARGET, place)) {
            CopyBench bench = new CopyBench(owner, dataset(pools, OWNER), target, dataset(pools, TARGET));
            copies(bench);
            cycles(bench);
            for (int count : guests) {
                screen().progress(count + (count == 1 ? " guest" : " guests at once") + ", " + cycles + " rounds ...");
                series("interval", ways.getLast(), bench.rounds(count, cycles, ways.getLast()), count);
            }
        } finally {
            Runtime.getRuntime().removeShutdownHook(undo);
            pools.destroy().forEach(left -> screen().progress("could not be destroyed: pool " + left));
        }
    }

    private static BenchStore store(ZfsPools pools, String node, Path place) throws IOException {
        return BenchStore.open(node, dataset(pools, node), place.resolve(node));
    }

    private static String dataset(ZfsPools pools, String node) {
        return pools.dataset().replace("{node}", node);
    }

    /** Who copies, the measured ones first. */
    private List<String> kinds() {
        List<String> kinds = new ArrayList<>(ways);
        kinds.add(CopyBench.BARE);
        String missing = CopyBench.syncoidMissing();
        if (missing == null) {
            kinds.add(CopyBench.SYNCOID);
        } else {
            screen().progress("without syncoid: " + missing);
        }
        return kinds;
    }

    private void copies(CopyBench bench) throws IOException {
        screen().progress("filling a volume with " + size + " MiB ...");
        StoredSnapshot snapshot = bench.fill(size);
        bench.warm();
        List<String> order = kinds();
        Map<String, List<Double>> took = new LinkedHashMap<>();
        order.forEach(kind -> took.put(kind, new ArrayList<>()));
        for (int run = 1; run <= runs; run++) {
            screen().progress("whole copies, run " + run + " of " + runs + ": " + String.join(", ", order) + " ...");
            for (String kind : order) {
                took.get(kind).add(bench.copy(kind, snapshot));
            }
            Collections.rotate(order, 1);
        }
        double bare = median(took.get(CopyBench.BARE));
        took.forEach((kind, seconds) -> show(line("copy", kind, seconds)
                .and("mib", size)
                .and("mibPerSecond", rounded(size / median(seconds)))
                .and("ofBare", rounded(bare / median(seconds)))));
    }

    private void cycles(CopyBench bench) throws IOException {
        for (String kind : kinds()) {
            screen().progress("empty cycles: " + kind + " ...");
            series("cycle", kind, bench.emptyCycles(kind, cycles), null);
        }
    }

    private void series(String what, String how, List<Double> seconds, Integer count) {
        show(line(what, how, seconds).and("guests", count));
    }

    private static Fields line(String what, String how, List<Double> seconds) {
        return Fields.of("what", what)
                .and("how", how)
                .and("times", seconds.size())
                .and("medianSeconds", rounded(median(seconds)))
                .and("maxSeconds", rounded(Collections.max(seconds)));
    }

    private void show(Fields line) {
        lines.add(line);
        if (screen().isJson()) {
            screen().line(Json.line(line));
            return;
        }
        Map<String, Object> values = line.map();
        screen().line("%-8s  %-8s  %s  median %6.2f s, max %6.2f s of %d%s".formatted(
                values.get("what"), values.get("how"),
                values.get("guests") == null ? "         " : "%3s guests".formatted(values.get("guests")),
                values.get("medianSeconds"), values.get("maxSeconds"), values.get("times"),
                values.get("ofBare") == null
                        ? ""
                        : ", %.0f MiB/s, %.2f of bare".formatted(values.get("mibPerSecond"), values.get("ofBare"))));
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private static double rounded(double value) {
        return Math.round(1_000 * value) / 1_000.0;
    }

    private static void delete(Path place) {
        if (place == null || !Files.exists(place)) {
            return;
        }
        try (Stream<Path> all = Files.walk(place)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            // It is a temporary folder.
        }
    }
}
