package dev.holdfast.cli.local;

import dev.holdfast.cli.Failure;
import dev.holdfast.guard.process.NativeCalls;
import dev.holdfast.guard.process.ProcessIdentity;
import dev.holdfast.node.cluster.ClusterFolder;
import dev.holdfast.node.links.LinksClient;
import dev.holdfast.node.process.LinksCommandLine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The process that stands for the cables between the nodes of one cluster. */
final class LinksProcess {

    private static final Duration READY_WITHIN = Duration.ofSeconds(20);
    private static final Duration GONE_WITHIN = Duration.ofSeconds(5);

    private final ClusterFolder folder;

    LinksProcess(ClusterFolder folder) {
        this.folder = folder;
    }

    /** The live process; empty if it does not run. */
    Optional<ProcessIdentity> process() {
        return ProcessFiles.alive(pidFile());
    }

    /** Starts it unless it runs, and waits until every relay listens. */
    void start() {
        if (process().isPresent()) {
            return;
        }
        Path log = folder.links().resolve("links.log");
        ProcessIdentity started = Detached.start(
                new LinksCommandLine(JavaPrograms.own(), folder).arguments(), folder.root(), log, pidFile());
        boolean ready = Waiting.until(() -> answers() || !started.isAlive(), READY_WITHIN);
        if (!ready || !started.isAlive()) {
            throw Failure.failed("the links between the nodes do not start; their log says why: " + log);
        }
    }

    void stop() {
        process().ifPresent(links -> {
            NativeCalls.signal(links, NativeCalls.SIGTERM);
            if (!Waiting.until(() -> !links.isAlive(), GONE_WITHIN)) {
                links.kill();
            }
        });
    }

    private boolean answers() {
        try {
            new LinksClient(folder).status();
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private Path pidFile() {
        return folder.links().resolve("links.pid");
    }
}
