package dev.holdfast.node.links;

import dev.holdfast.node.cluster.ClusterConfig;
import dev.holdfast.node.cluster.ClusterFolder;
import dev.holdfast.node.cluster.ConfigFile;
import dev.holdfast.guard.machine.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The running links of one cluster: relays, their thread and their control socket. */
public final class Links implements AutoCloseable {
    private final RelayLoop loop;
    private final LinksControl control;
    private final Path socketFolder;
    private final String description;
    private volatile boolean closing;

    private Links(RelayLoop loop, LinksControl control, Path socketFolder, String description) {
        this.loop = loop;
        this.control = control;
        this.socketFolder = socketFolder;
        this.description = description;
    }

    /**
     * Listens on every relay address and on the control socket, whose path it writes to {@code links/links.endpoint}.
     *
     * @throws IOException naming the address if one is in use
     * @throws dev.holdfast.node.cluster.InvalidConfig if cluster.yaml is unusable
     */
    public static Links open(ClusterFolder folder) throws IOException {
        ClusterConfig cluster = ConfigFile.readCluster(folder.clusterYaml());
        RelayLoop loop = new RelayLoop();
        try {
            Relays relays = new Relays(cluster, loop);
            // A folder of its own with a short path: the path of a Unix socket ends at 107 bytes, a data folder need not.
            Path socketFolder = Files.createTempDirectory("holdfast-links-");
            Path socket = socketFolder.resolve("control");
            LinksControl control = new LinksControl(folder, cluster, relays, socket);
            Links links = new Links(loop, control, socketFolder,
                    relays.directions().size() + " directions in " + cluster.net());
            loop.start();
            control.start();
            Files.createDirectories(folder.links());
            DurableFile.replace(folder.links().resolve(LinksClient.ENDPOINT), socket + "\n");
            return links;
        } catch (IOException failed) {
            loop.abandon();
            throw failed;
        }
    }

    /** For the ready line. */
    String description() {
        return description;
    }

    /**
     * Waits until the relays have stopped.
     *
     * @return whether {@link #close} stopped them, and not a defect
     */
    boolean join() throws InterruptedException {
        loop.join();
        return closing;
    }

    /** Closes every relay and connection. */
    @Override
    public void close() throws IOException {
        closing = true;
        loop.close();
        control.close();
        Files.deleteIfExists(socketFolder.resolve("control"));
        Files.deleteIfExists(socketFolder);
    }
}
