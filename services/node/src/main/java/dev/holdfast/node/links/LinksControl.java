package dev.holdfast.node.links;

import dev.holdfast.core.node.NonVoter;
import dev.holdfast.node.cluster.ClusterConfig;
import dev.holdfast.node.cluster.ClusterFolder;
import dev.holdfast.node.cluster.ConfigFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Control socket of the links. A request is one line; the answer is zero or more lines and then {@code ok}, when the
 * change has taken effect, or {@code error <sentence>}.
 */
final class LinksControl implements AutoCloseable {
    private final ClusterFolder folder;
    private final Relays relays;
    private final ServerSocketChannel server;
    private volatile ClusterConfig cluster;

    /** Listens at once; requests are served after {@link #start}. */
    LinksControl(ClusterFolder folder, ClusterConfig cluster, Relays relays, Path socket) throws IOException {
        this.folder = folder;
        this.cluster = cluster;
        this.relays = relays;
        this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
    }

    void start() {
        Thread.ofVirtual().name("links-control").start(this::accept);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel client = server.accept();
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (ClosedChannelException closed) {
            // By close().
        } catch (IOException broken) {
            System.err.println("control socket stopped: " + broken);
        }
    }

    private void serve(SocketChannel client) {
        try (client;
                BufferedReader in = new BufferedReader(Channels.newReader(client, StandardCharsets.UTF_8));
                Writer out = Channels.newWriter(client, StandardCharsets.UTF_8)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.write(answer(line));
                out.flush();
            }
        } catch (IOException clientGone) {
            // Its command has taken effect or was never read; nobody is left to tell.
        }
    }

    private String answer(String line) {
        try {
            LinksCommand command = LinksCommand.parse(line, cluster);
            List<String> lines = relays.loop().submit(() -> apply(command)).join();
            if (!(command instanceof LinksCommand.Status)) {
                System.out.println(line);
            }
            return String.join("", lines.stream().map(text -> text + "\n").toList()) + "ok\n";
        } catch (IllegalArgumentException refused) {
            return "error " + refused.getMessage() + "\n";
        } catch (CompletionException failed) {
            return "error " + failed.getCause().getMessage() + "\n";
        }
    }

    private List<String> apply(LinksCommand command) {
        return switch (command) {
            case LinksCommand.Cut cut -> each(Stream.of(cut.direction()), relays::cut);
            case LinksCommand.Heal heal -> each(Stream.of(heal.direction()), relays::heal);
            case LinksCommand.HealAll() -> each(relays.directions().stream(), relays::heal);
            case LinksCommand.Silence(int node) -> each(relays.directions().stream()
                    .filter(direction -> direction.from() == node || direction.to() == node), relays::cut);
            case LinksCommand.Delay delay ->
                each(Stream.of(delay.direction()), direction -> relays.delay(direction, delay.delay()));
            case LinksCommand.Reload() -> reload();
            case LinksCommand.Status() -> status();
        };
    }

    private List<String> reload() {
        try {
            ClusterConfig now = ConfigFile.readCluster(folder.clusterYaml());
            relays.extend(now);
            cluster = cluster.with(everybody(now));
            return List.of();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed.getMessage(), failed);
        }
    }

    /** A node that was removed keeps its name here: its links are still there. */
    private List<NonVoter> everybody(ClusterConfig now) {
        Map<Integer, NonVoter> byId = new TreeMap<>();
        cluster.nonVoters().forEach(node -> byId.put(node.id(), node));
        now.nonVoters().forEach(node -> byId.put(node.id(), node));
        return List.copyOf(byId.values());
    }

    private static List<String> each(Stream<Direction> directions, Consumer<Direction> change) {
        directions.forEach(change);
        return List.of();
    }

    private List<String> status() {
        Stream<String> links = relays.directions().stream().map(direction -> new LinkStatus(
                cluster.nodeOf(direction.from()), cluster.nodeOf(direction.to()), relays.faults().isCut(direction),
                relays.faults().delay(direction)).line());
        return Stream.concat(links, Stream.of("connections " + relays.connectionCount())).toList();
    }
}
