package dev.holdfast.cli.demo;

import dev.holdfast.cli.Failure;
import dev.holdfast.cli.local.LocalCluster;
import dev.holdfast.core.guest.VolumeKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A folder and a cluster in it for as long as something is rehearsed there. However that ends, Ctrl-C included, no
 * process is left behind, unless the cluster is to be kept.
 */
public final class RehearsalRoom {

    private static final long END_WITHIN_SECONDS = 5;

    private final Path folder;
    private final boolean temporary;
    private final DemoSettings settings;
    private final Narrator narrator;
    private final CountDownLatch left = new CountDownLatch(1);
    private final Thread worker = Thread.currentThread();
    private LocalCluster cluster;
    private Optional<ZfsPools> pools = Optional.empty();
    private volatile boolean ending;
    private boolean kept;

    private RehearsalRoom(Path folder, boolean temporary, DemoSettings settings, Narrator narrator) {
        this.folder = folder;
        this.temporary = temporary;
        this.settings = settings;
        this.narrator = narrator;
    }

    /** In that folder, which stays. */
    public static RehearsalRoom in(Path folder, DemoSettings settings, Narrator narrator) {
        return new RehearsalRoom(folder.toAbsolutePath().normalize(), false, settings, narrator);
    }

    /** In a new temporary folder, which is removed unless something went wrong. */
    public static RehearsalRoom temporary(DemoSettings settings, Narrator narrator) {
        try {
            return new RehearsalRoom(Files.createTempDirectory("holdfast-demo-"), true, settings, narrator);
        } catch (IOException failed) {
            throw Failure.failed("no temporary folder can be made: " + failed.getMessage() + "; name one with --data", failed);
        }
    }

    public Path folder() {
        return folder;
    }

    /** The cluster goes on after this, for a person to look at. */
    public void keep() {
        kept = true;
    }

    /**
     * Starts the cluster with its guest, has the work done and ends everything.
     *
     * @param work returns whether the data is of no further interest
     */
    public void use(Function<DemoCluster, Boolean> work) {
        Thread hook = new Thread(this::interrupted, "leave-nothing-behind");
        Runtime.getRuntime().addShutdownHook(hook);
        boolean clean = false;
        try {
            makePools();
            LocalCluster made = DemoCluster.create(folder, settings, pools);
            synchronized (this) {
                cluster = made;
            }
            narrator.say("Starting three nodes in " + folder + ", profile " + settings.profile());
            try (DemoCluster running = DemoCluster.start(made, settings, narrator)) {
                running.addGuest();
                clean = work.apply(running);
            }
        } catch (RuntimeException failed) {
            // Whatever was under way when the process was told to end says so in its own way.
            throw ending ? Failure.failed("interrupted: no process is left behind", failed) : failed;
        } finally {
            try {
                end(clean);
            } finally {
                left.countDown();
                forget(hook);
            }
        }
    }

    private void makePools() {
        if (settings.storage() != VolumeKind.ZFS) {
            return;
        }
        ZfsPools wanted = new ZfsPools(folder.resolve("pools"), DemoCluster.nodes());
        synchronized (this) {
            pools = Optional.of(wanted);
            wanted.create();
        }
        narrator.say("Made a raidz1 pool of three files for each node: " + String.join(", ", wanted.names()));
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // It is this very hook that ends us.
        }
    }

    /** Ctrl-C, or whatever else ends this process. */
    private void interrupted() {
        synchronized (this) {
            kept = false;
            ending = true;
        }
        worker.interrupt();
        try {
            left.await(END_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        end(false);
        if (temporary) {
            DemoCluster.delete(folder);
        }
    }

    private synchronized void end(boolean clean) {
        if (cluster == null) {
            destroyPools();
            if (temporary) {
                DemoCluster.delete(folder);
            }
            return;
        }
        if (kept) {
            narrator.say("The cluster stays up: './holdfast status --data " + folder + "' shows it, './holdfast down --data "
                    + folder + "' stops it."
                    + pools.map(made -> " Then 'zpool destroy -f' removes the pools " + String.join(", ", made.names()) + ".")
                            .orElse(""));
            return;
        }
        DemoCluster.endAll(cluster);
        // Without a cluster that uses them they would only be in the way: the log tells what happened.
        destroyPools();
        if (temporary && clean) {
            DemoCluster.delete(folder);
        } else if (!clean && !(temporary && ending)) {
            narrator.say("Data and logs of the nodes are in " + folder);
        }
    }

    private void destroyPools() {
        List<String> left = pools.map(ZfsPools::destroy).orElse(List.of());
        if (!left.isEmpty()) {
            narrator.say("These pools are still there; 'zpool destroy -f POOL' removes one: " + String.join(", ", left));
        }
    }
}
