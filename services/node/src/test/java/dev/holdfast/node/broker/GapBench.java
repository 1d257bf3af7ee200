package dev.holdfast.node.broker;

import dev.holdfast.node.Processes;
import dev.holdfast.node.process.JavaProgram;
import dev.holdfast.schemas.TopicCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/**
 * Measures the broker with our settings: memory, idle CPU, acknowledgement latency, and the longest gap between
 * acknowledgements when the node that leads the log and the metadata quorum is killed, or silenced and then killed.
 * Run by hand: {@code GapBench FOLDER RUNS kill,silence [client-setting=value …]} with {@code -Djdk.net.hosts.file=FILE}.
 */
final class GapBench {
    private static final String TOPIC = TopicCatalogue.NODE_HEARTBEATS.name();
    private static final Duration OUTAGE = Duration.ofSeconds(12);

    private final ThreeNodes nodes;
    private final Admin admin;
    private final String[] clientSettings;

    private GapBench(ThreeNodes nodes, Admin admin, String[] clientSettings) {
        this.nodes = nodes;
        this.admin = admin;
        this.clientSettings = clientSettings;
    }

    public static void main(String[] args) throws Exception {
        try (ThreeNodes nodes = new ThreeNodes(Path.of(args[0]))) {
            long started = System.nanoTime();
            nodes.startAll();
            System.out.printf("three cold nodes ready after %d ms%n", millis(System.nanoTime() - started));
            try (Admin admin = nodes.admin()) {
                new TopicSetup(admin, 3).prepare(Duration.ofMinutes(2));
                GapBench bench = new GapBench(nodes, admin, Arrays.copyOfRange(args, 3, args.length));
                bench.footprint();
                for (int run = 1; run <= Integer.parseInt(args[1]); run++) {
                    for (String how : args[2].split(",")) {
                        bench.gap(how, run);
                    }
                }
            }
        }
    }

    private void footprint() throws Exception {
        long[] before = nodes.config.nodes().stream().mapToLong(this::ticks).toArray();
        Thread.sleep(20_000);
        for (String node : nodes.config.nodes()) {
            long used = ticks(node) - before[nodes.config.idOf(node) - 1];
            System.out.printf("idle %s%s: PSS %d MB, %.1f %% of a core%n", node,
                    node.equals(nodes.controller(admin)) ? " (controller)" : "", pssMegabytes(node), used / 20.0);
        }
    }

    private void gap(String how, int run) throws Exception {
        String victim = nodes.controller(admin);
        nodes.lead(admin, TOPIC, victim);
        List<String> survivors = nodes.config.nodes().stream().filter(node -> !node.equals(victim)).toList();
        List<Path> outputs = new ArrayList<>();
        List<Process> producers = new ArrayList<>();
        for (String node : survivors) {
            outputs.add(nodes.folder.root().resolve("gap-" + how + "-" + run + "-" + node + ".out"));
            producers.add(producer(node, outputs.getLast()));
        }
        for (Path output : outputs) {
            Processes.await("acknowledgements in " + output, () -> acknowledged(output) > 60);
        }
        long pulled = System.nanoTime();
        if (how.equals("silence")) {
            nodes.links.silence(victim);
        }
        nodes.kill(victim);
        Thread.sleep(OUTAGE);
        producers.forEach(Process::destroyForcibly);
        for (int i = 0; i < outputs.size(); i++) {
            report(how, run, victim, survivors.get(i), pulled, outputs.get(i));
        }
        nodes.links.healAll();
        nodes.start(victim);
        nodes.awaitFullIsr(admin, TOPIC);
        Thread.sleep(2_000);
    }

    private static long acknowledged(Path output) {
        try (Stream<String> lines = Files.lines(output)) {
            return lines.filter(line -> line.startsWith("ack ")).count();
        } catch (IOException unreadable) {
            return 0;
        }
    }

    private Process producer(String node, Path output) throws IOException {
        JavaProgram program = JavaProgram.ofThisProcess();
        List<String> command = new ArrayList<>(List.of(program.java().toString(), "-Xmx32m", "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", "-Djdk.net.hosts.file=" + nodes.folder.node(node).run().resolve("hosts"),
                "-Dholdfast.logs=" + output + ".log", "-Dlogback.configurationFile="
                        + System.getProperty("logback.configurationFile", "logback.xml"), "-cp", program.classPath(), GapProducer.class.getName(), nodes.bootstrap(), TOPIC));
        command.addAll(List.of(clientSettings));
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    }

    /** Longest time without an acknowledgement that the outage caused, and the usual latency before it. */
    private static void report(String how, int run, String victim, String node, long pulled, Path output)
            throws IOException {
        List<String> lines = Files.readAllLines(output);
        List<long[]> acks = lines.stream().filter(line -> line.startsWith("ack ")).map(line -> line.split(" "))
                .filter(words -> words.length == 3)
                .map(words -> new long[] {Long.parseLong(words[1]), Long.parseLong(words[2])}).toList();
        long[] latency = acks.stream().filter(ack -> ack[1] < pulled && ack[1] > pulled - 3_000_000_000L)
                .mapToLong(ack -> ack[1] - ack[0]).sorted().toArray();
        long last = acks.stream().mapToLong(ack -> ack[1]).filter(at -> at < pulled).max().orElse(0);
        long[] times = LongStream.concat(LongStream.of(last),
                acks.stream().mapToLong(ack -> ack[1]).filter(at -> at >= pulled).sorted()).toArray();
        long longest = 0;
        long total = 0;
        for (int i = 1; i < times.length; i++) {
            longest = Math.max(longest, times[i] - times[i - 1]);
            total += times[i] - times[i - 1] > 500_000_000L ? times[i] - times[i - 1] : 0;
        }
        System.out.printf("%s %d: victim %s, producer at %s: longest gap %d ms (all gaps over 500 ms: %d ms), failed %d, "
                + "latency before p50 %.1f p99 %.1f max %.1f ms%n", how, run, victim, node, millis(longest), millis(total),
                lines.stream().filter(line -> line.startsWith("failed")).count(),
                at(latency, 0.5), at(latency, 0.99), at(latency, 1));
    }

    private static double at(long[] sorted, double quantile) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1L, (long) (quantile * sorted.length))] / 1e6;
    }

    private static long millis(long nanos) {
        return nanos / 1_000_000;
    }

    private long ticks(String node) {
        try {
            String[] fields = Files.readString(proc(node, "stat")).replaceFirst(".*\\) ", "").split(" ");
            return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        } catch (IOException gone) {
            throw new java.io.UncheckedIOException(gone);
        }
    }

    private long pssMegabytes(String node) throws IOException {
        return Files.readAllLines(proc(node, "smaps_rollup")).stream().filter(line -> line.startsWith("Pss:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).sum() / 1024;
    }

    private Path proc(String node, String file) {
        return Path.of("/proc", Long.toString(nodes.running.get(node).pid()), file);
    }
}
