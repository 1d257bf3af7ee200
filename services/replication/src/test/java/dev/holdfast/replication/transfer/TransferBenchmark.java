package dev.holdfast.replication.transfer;

import dev.holdfast.replication.transport.Bandwidth;
import dev.holdfast.replication.transport.Sshd;
import dev.holdfast.replication.volume.Store;
import dev.holdfast.replication.volume.StoredSnapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * Prints how fast a snapshot of one large file travels over each way, and how long an increment in which next to nothing
 * changed takes: {@code TransferBenchmark <folder> <MiB> <rounds>}. The ways take turns, so that what else the machine
 * does meets them all.
 */
final class TransferBenchmark {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int SMALL = 10;

    private final Path folder;
    private final Map<String, Way> ways = new LinkedHashMap<>();
    private final Map<String, double[]> throughput = new LinkedHashMap<>();
    private final Map<String, double[]> smallest = new LinkedHashMap<>();
    private int sequence = 1;

    private TransferBenchmark(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]).toAbsolutePath();
        Files.createDirectories(folder.resolve("keys"));
        TransferBenchmark benchmark = new TransferBenchmark(folder);
        benchmark.ways.put("pipe", new PipeWay());
        benchmark.ways.put("tcp", new TcpWay());
        if (Sshd.missing().isPresent()) {
            System.out.println("without ssh: " + Sshd.missing().get());
            benchmark.run(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
            return;
        }
        try (Sshd sshd = Sshd.start(folder.resolve("keys"))) {
            benchmark.ways.put("ssh", new SshWay(sshd));
            benchmark.run(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        }
    }

    private void run(int mebibytes, int rounds) throws IOException {
        Store owner = Store.open(folder.resolve("a"));
        owner.driver.create(Store.GUEST);
        fill(owner.live().resolve("database"), mebibytes);
        StoredSnapshot large = owner.snapshot(1, 1);
        for (int round = 0; round <= rounds; round++) {
            for (String way : ways.keySet()) {
                // The first round warms up.
                measure(way, owner, large, round == 0 ? -1 : round - 1, rounds);
            }
        }
        System.out.printf("%-5s %28s %34s%n", "", "whole copy, MiB/s (min-max)", "small increment, ms (min-max)");
        throughput.forEach((way, rates) -> System.out.printf(
                "%-5s %28s %34s%n", way, summary(rates), summary(smallest.get(way))));
    }

    private void measure(String way, Store owner, StoredSnapshot large, int round, int rounds) throws IOException {
        Path place = folder.resolve(way + "-" + round);
        Store target = Store.open(place);
        try (ReplicaServer server = serve(target)) {
            SendOutcome.Stored whole = send(owner, server, way, large);
            double[] times = new double[SMALL];
            for (int i = 0; i < SMALL; i++) {
                Files.writeString(owner.live().resolve("row"), way + round + i);
                StoredSnapshot next = owner.snapshot(1, ++sequence);
                times[i] = send(owner, server, way, next).took().toNanos() / 1e6;
            }
            if (round >= 0) {
                throughput.computeIfAbsent(way, key -> new double[rounds])[round] =
                        whole.bytes() / 1048576.0 / (whole.took().toNanos() / 1e9);
                Arrays.sort(times);
                smallest.computeIfAbsent(way, key -> new double[rounds])[round] = times[SMALL / 2];
            }
        }
    }

    private static ReplicaServer serve(Store target) throws IOException {
        return ReplicaServer.start(
                new ReplicaServer.Config(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), "b", Store.LIFE, LIMIT),
                target.driver, target.floors, new InFlightReceives(), event -> {});
    }

    private SendOutcome.Stored send(Store owner, ReplicaServer server, String way, StoredSnapshot snapshot)
            throws IOException {
        ReplicaSender sender = new ReplicaSender(
                owner.driver, new ReplicaSender.Config(LIMIT, LIMIT, LIMIT), Bandwidth.UNLIMITED);
        Hello hello = new Hello(
                Store.GUEST, 1, "a", Store.LIFE, "b", Store.LIFE, snapshot.id(), 
                sender.bases(Store.GUEST, snapshot.id()));
        long start = System.nanoTime();
        SendOutcome outcome = sender.send(ways.get(way).to(server), hello, progress -> {});
        if (!(outcome instanceof SendOutcome.Stored stored)) {
            throw new IllegalStateException(way + ": " + outcome);
        }
        // With the way there: it is what a cycle costs.
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        return new SendOutcome.Stored(stored.snapshot(), stored.base(), stored.bytes(), took);
    }

    private static String summary(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return "%.0f (%.0f-%.0f)".formatted(sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
    }

    private static void fill(Path file, int mebibytes) throws IOException {
        byte[] chunk = new byte[1024 * 1024];
        Random random = new Random(1);
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < mebibytes; i++) {
                random.nextBytes(chunk);
                out.write(chunk);
            }
        }
    }
}
