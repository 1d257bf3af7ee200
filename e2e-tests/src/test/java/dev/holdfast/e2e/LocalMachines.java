package dev.holdfast.e2e;

import dev.holdfast.cli.bringup.BringUp;
import dev.holdfast.cli.local.LocalCluster;
import dev.holdfast.cli.local.NodeProcess;
import dev.holdfast.node.cluster.ClusterConfig;
import dev.holdfast.node.links.LinksClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/** All nodes as processes of this host, with relays for the cables between them. */
final class LocalMachines implements Machines {

    private final LocalCluster cluster;
    private final Path evidence;

    LocalMachines(LocalCluster cluster, Path evidence) {
        this.cluster = cluster;
        this.evidence = evidence;
    }

    LocalCluster cluster() {
        return cluster;
    }

    @Override
    public ClusterConfig config() {
        return cluster.config();
    }

    @Override
    public Path data() {
        return cluster.folder().root();
    }

    @Override
    public void bringUp(Duration within, Consumer<String> progress) {
        new BringUp(cluster, progress).run(within);
    }

    @Override
    public void start(String node) {
        cluster.startNode(node);
    }

    @Override
    public void kill(String... nodes) {
        cluster.kill(nodes);
    }

    @Override
    public void cutOff(String node) {
        links(links -> links.silence(node));
    }

    @Override
    public void heal() {
        links(LinksClient::healAll);
    }

    private interface LinksUse {
        void on(LinksClient links) throws IOException;
    }

    private void links(LinksUse use) {
        try {
            use.on(cluster.links());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void signalServices(String node, String signal) {
        NodeProcess services = cluster.node(node).process(NodeProcess.Role.NODE);
        if (services != null) {
            signal(services, signal);
        }
    }

    static void signal(NodeProcess process, String signal) {
        try {
            int status = new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start().waitFor();
            if (status != 0) {
                throw new AssertionError("kill -" + signal + " " + process + " ended with " + status);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String guestAddress() {
        return config().net() + ".100.1";
    }

    @Override
    public String addressSeenByClients(String node) {
        return config().addressOf(node);
    }

    @Override
    public String classPathOfGuests() {
        return System.getProperty("java.class.path");
    }

    @Override
    public String evidenceSeenByGuests() {
        return evidence.toString();
    }

    @Override
    public Path evidence() {
        return evidence;
    }

    @Override
    public void close() {
        cluster.killAll();
    }
}
