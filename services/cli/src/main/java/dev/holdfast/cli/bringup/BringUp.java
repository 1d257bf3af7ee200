package dev.holdfast.cli.bringup;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.Failure;
import dev.holdfast.cli.local.LocalCluster;
import dev.holdfast.cli.local.Waiting;
import dev.holdfast.cli.read.ClusterAccess;
import dev.holdfast.node.cluster.ClusterConfig;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Brings a cluster up to the point where it decides: links and supervisors if it lives on this host, brokers, topics and
 * first settings on the first time, every node joined. Tells how far it has come, one line each.
 */
public final class BringUp {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final Site site;
    private final Consumer<String> progress;
    private final long begun = System.nanoTime();

    private BringUp(Site site, Consumer<String> progress) {
        this.site = site;
        this.progress = progress;
    }

    /**
     * Of a cluster on this host.
     *
     * @param progress told each step as one line of text
     */
    public BringUp(LocalCluster cluster, Consumer<String> progress) {
        this(new Site.OneHost(cluster), progress);
    }

    /**
     * Of a cluster whose nodes have machines of their own, and are started there.
     *
     * @param progress told each step as one line of text
     */
    public BringUp(ClusterConfig cluster, Consumer<String> progress) {
        this(new Site.OwnMachines(cluster), progress);
    }

    /**
     * Starts whatever does not run and is on this host, and waits until all nodes have joined.
     *
     * @throws Failure naming what is missing and where to look, if that takes longer
     */
    public void run(Duration within) {
        if (site instanceof Site.OneHost(LocalCluster cluster)) {
            List<String> started = cluster.start();
            say(started.isEmpty() ? "every node is on already" : "switched on " + String.join(", ", started));
        }
        await(site.config().nodes(), within);
    }

    /**
     * Waits until these nodes, which are switched on, have joined.
     *
     * @throws Failure naming what is missing and where to look, if that takes longer
     */
    public void await(List<String> nodes, Duration within) {
        long end = begun + within.toNanos();
        try (ClusterAccess access = site.access()) {
            int all = site.config().voters().size();
            int[] seen = {0};
            awaitBrokers(access, all / 2 + 1, seen, end);
            if (site.needsFirstRecords(access)) {
                awaitBrokers(access, all, seen, end);
                writeFirstRecords(access, end);
            }
            awaitJoined(access, nodes, end);
        }
    }

    private void awaitBrokers(ClusterAccess access, int wanted, int[] seen, long end) {
        int all = site.config().voters().size();
        boolean ready = Waiting.until(() -> {
            int now = brokers(access);
            if (now > seen[0]) {
                say(now + " of " + all + " brokers ready");
                seen[0] = now;
            }
            return now >= wanted;
        }, left(end));
        if (!ready) {
            throw notInTime(seen[0] + " of " + all + " brokers are ready", site.config().voters());
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
    private void writeFirstRecords(ClusterAccess access, long end) {
        while (true) {
            try {
                new FirstRecords(access, site.config()).write(this::say);
                site.firstRecordsMade();
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
                    joined.missing());
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

    private Failure notInTime(String what, List<String> suspects) {
        return Failure.noAnswer(what + " after " + Duration.ofNanos(System.nanoTime() - begun).toSeconds() + " s"
                + site.whereToLook(suspects));
    }

    private void say(String text) {
        progress.accept("%5.1f s  %s".formatted((System.nanoTime() - begun) / 1e9, text));
    }

    private static Duration left(long end) {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }
}
