package dev.holdfast.cli.bringup;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.Failure;
import dev.holdfast.cli.local.LocalCluster;
import dev.holdfast.cli.local.LocalNode;
import dev.holdfast.cli.local.Waiting;
import dev.holdfast.cli.read.ClusterAccess;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Brings a cluster up to the point where it decides: links, supervisors, brokers, topics and first settings on the
 * first time, every node joined. Tells how far it has come, one line each.
 */
public final class BringUp {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final LocalCluster cluster;
    private final Consumer<String> progress;
    private final long begun = System.nanoTime();

    /**
     * @param progress told each step as one line of text
     */
    public BringUp(LocalCluster cluster, Consumer<String> progress) {
        this.cluster = cluster;
        this.progress = progress;
    }

    /**
     * Starts whatever does not run and waits until all nodes have joined.
     *
     * @throws Failure naming what is missing and where to look, if that takes longer
     */
    public void run(Duration within) {
        List<String> started = cluster.start();
        say(started.isEmpty() ? "every node is on already" : "switched on " + String.join(", ", started));
        await(cluster.nodes().stream().map(LocalNode::name).toList(), within);
    }

    /**
     * Waits until these nodes, which are switched on, have joined.
     *
     * @throws Failure naming what is missing and where to look, if that takes longer
     */
    public void await(List<String> nodes, Duration within) {
        long end = begun + within.toNanos();
        try (ClusterAccess access = ClusterAccess.to(cluster)) {
            awaitBrokers(access, end);
            if (cluster.needsFirstSteps()) {
                takeFirstSteps(access, end);
            }
            awaitJoined(access, nodes, end);
        }
    }

    private void awaitBrokers(ClusterAccess access, long end) {
        int wanted = cluster.config().nodes().size() / 2 + 1;
        int[] seen = {0};
        boolean ready = Waiting.until(() -> {
            int now = brokers(access);
            if (now > seen[0]) {
                say(now + " of " + cluster.config().nodes().size() + " brokers ready");
                seen[0] = now;
            }
            return now >= (cluster.needsFirstSteps() ? cluster.config().nodes().size() : wanted);
        }, left(end));
        if (!ready) {
            throw notInTime(seen[0] + " of " + cluster.config().nodes().size() + " brokers are ready",
                    cluster.nodes());
        }
    }

    private static int brokers(ClusterAccess access) {
        try {
            return access.admin().describeCluster().nodes().get().size();
        } catch (ExecutionException | KafkaException notYet) {
            return 0;
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw Failure.failed("interrupted while waiting for the brokers");
        }
    }

    /** Again and again while brokers are too busy to answer in time: leaders may still be being elected. */
    private void takeFirstSteps(ClusterAccess access, long end) {
        while (true) {
            try {
                new FirstRecords(access, cluster.config()).write(this::say);
                cluster.firstStepsDone();
                return;
            } catch (Failure failure) {
                if (!isTransient(failure) || left(end).isZero()) {
                    throw failure;
                }
                say("the brokers do not get round to it yet: trying again");
            }
        }
    }

    private static boolean isTransient(Throwable failure) {
        return failure != null && (failure instanceof RetriableException || isTransient(failure.getCause()));
    }

    private void awaitJoined(ClusterAccess access, List<String> nodes, long end) {
        Joined joined = new Joined(access, nodes, (node, incarnation) -> say(node + " joined as " + incarnation));
        if (!Waiting.until(() -> answered(joined::all), left(end), BETWEEN_LOOKS)) {
            throw notInTime("not joined: " + String.join(", ", joined.missing()),
                    joined.missing().stream().map(cluster::node).toList());
        }
    }

    /** In the first seconds of a cluster leaders are still being elected: no answer is no news then. */
    private static boolean answered(BooleanSupplier question) {
        try {
            return question.getAsBoolean();
        } catch (Failure failure) {
            if (failure.exitCode() == ExitCode.NO_ANSWER) {
                return false;
            }
            throw failure;
        }
    }

    private Failure notInTime(String what, List<LocalNode> suspects) {
        String off = suspects.stream().filter(node -> !node.isOn()).map(LocalNode::name).collect(Collectors.joining(", "));
        return Failure.noAnswer(what + " after " + Duration.ofNanos(System.nanoTime() - begun).toSeconds() + " s"
                + (off.isEmpty() ? "" : " (not running: " + off + ")") + ". The logs say why: "
                + suspects.stream().map(node -> node.folder().logs().toString()).collect(Collectors.joining(", ")));
    }

    private void say(String text) {
        progress.accept("%5.1f s  %s".formatted((System.nanoTime() - begun) / 1e9, text));
    }

    private static Duration left(long end) {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }
}
