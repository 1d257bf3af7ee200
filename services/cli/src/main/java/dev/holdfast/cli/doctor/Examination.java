package dev.holdfast.cli.doctor;

import dev.holdfast.cli.Failure;
import dev.holdfast.cli.read.ClusterAccess;
import dev.holdfast.core.decide.Majority;
import dev.holdfast.core.node.Timing;
import dev.holdfast.node.cluster.ClusterConfig;
import dev.holdfast.node.cluster.ClusterFolder;
import dev.holdfast.node.cluster.NodeFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks a cluster over within a limited time, whatever of it answers. */
final class Examination {

    /** JDK that nodes are built for and tested with. */
    private static final int JDK = 25;

    /** Less than the quarter of a minute after which monitors lose their patience. */
    private static final Duration LOG_WITHIN = Duration.ofSeconds(13);

    private final ClusterConfig config;
    private final Path data;

    /** @param data folder of the cluster, which may hold folders of nodes that are on this machine */
    Examination(ClusterConfig config, Path data) {
        this.config = config;
        this.data = data;
    }

    List<Check> run() {
        long begun = System.nanoTime();
        List<Check> checks = new ArrayList<>();
        FutureTask<LogReading> reading = inBackground();
        checks.add(jdk(Runtime.version().feature()));
        List<ReachChecks.Reached> reached = reach();
        reached.forEach(node -> checks.addAll(node.checks()));
        long brokers = reached.stream().filter(ReachChecks.Reached::broker).count();
        if (!Majority.reached((int) brokers, config.voters().size())) {
            checks.add(Check.fail("log", Check.CLUSTER, brokers + " of " + config.voters().size() + " brokers answer",
                    "at least " + Majority.of(config.voters().size()), "bring nodes back: nothing is decided"));
            disks(checks, Timing.named(config.profile()).beat());
            return checks;
        }
        disks(checks, Timing.named(config.profile()).beat());
        try {
            LogReading read = reading.get(
                    LOG_WITHIN.toNanos() - (System.nanoTime() - begun), TimeUnit.NANOSECONDS);
            checks.add(read.decisions(deciders(reached)));
            checks.addAll(read.checks());
        } catch (TimeoutException tooLong) {
            checks.add(noAnswer("nothing within " + LOG_WITHIN.toSeconds() + " s"));
        } catch (ExecutionException failed) {
            if (!(failed.getCause() instanceof Failure why)) {
                throw new IllegalStateException(failed.getCause());
            }
            checks.add(noAnswer(why.getMessage()));
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw Failure.failed("interrupted");
        }
        return checks;
    }

    /** Whoever waits for the log is not waited for. */
    private FutureTask<LogReading> inBackground() {
        FutureTask<LogReading> task = new FutureTask<>(() -> {
            try (ClusterAccess access = new ClusterAccess(config)) {
                return LogReading.of(access);
            }
        });
        Thread.ofPlatform().daemon().name("doctor-log").start(task);
        return task;
    }

    private static Check noAnswer(String what) {
        return Check.fail("log", Check.CLUSTER, what, "it answers", "'status' and the nodes' logs say more");
    }

    /** All nodes at once: one that is cut off keeps its askers waiting. */
    private List<ReachChecks.Reached> reach() {
        ReachChecks reach = new ReachChecks(config);
        List<FutureTask<ReachChecks.Reached>> tasks = config.nodes().stream()
                .map(node -> new FutureTask<>(() -> reach.look(node)))
                .toList();
        tasks.forEach(task -> Thread.ofVirtual().start(task));
        List<ReachChecks.Reached> reached = new ArrayList<>();
        for (FutureTask<ReachChecks.Reached> task : tasks) {
            try {
                reached.add(task.get());
            } catch (ExecutionException failed) {
                throw new IllegalStateException(failed.getCause());
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
                throw Failure.failed("interrupted");
            }
        }
        return reached;
    }

    private static List<String> deciders(List<ReachChecks.Reached> reached) {
        return reached.stream()
                .filter(node -> node.quorum().filter(Examination::isActive).isPresent())
                .map(ReachChecks.Reached::node)
                .toList();
    }

    /** The second of the fields that a node's quorum service says of itself. */
    private static boolean isActive(String line) {
        String[] fields = line.split("\t", -1);
        return fields.length > 1 && Boolean.parseBoolean(fields[1]);
    }

    private void disks(List<Check> checks, Duration beat) {
        ClusterFolder folder = new ClusterFolder(data);
        for (String node : config.nodes()) {
            NodeFolder here = folder.node(node);
            if (Files.isDirectory(here.kafka()) && Files.isDirectory(here.volumes())) {
                checks.addAll(DiskChecks.of(node, here, beat));
            }
        }
    }

    static Check jdk(int feature) {
        return Check.of(feature == JDK ? Verdict.OK : Verdict.WARN, "jdk", Check.CLUSTER,
                "this host's command line and nodes run on " + feature, String.valueOf(JDK),
                "use JDK " + JDK + ", with which it is tested");
    }

    /** The worst first, otherwise as they were found. */
    static List<Check> worstFirst(List<Check> checks) {
        return Stream.of(Verdict.FAIL, Verdict.WARN, Verdict.OK)
                .flatMap(verdict -> checks.stream().filter(check -> check.verdict() == verdict))
                .collect(Collectors.toList());
    }
}
