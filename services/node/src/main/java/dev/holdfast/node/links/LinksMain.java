package dev.holdfast.node.links;

import dev.holdfast.node.cluster.ClusterFolder;
import dev.holdfast.node.cluster.InvalidConfig;
import dev.holdfast.node.process.PidFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * The links between the nodes of one cluster on one host, as a process of their own: {@code LinksMain D}.
 *
 * <p>Prints {@code links ready: …} when every relay listens. Ends with SIGTERM; a relayed connection does not outlive it.
 */
public final class LinksMain {
    private LinksMain() {
    }

    public static void main(String[] args) throws InterruptedException {
        if (args.length != 1) {
            System.err.println("usage: LinksMain FOLDER (of a cluster made by init)");
            System.exit(2);
        }
        try {
            run(new ClusterFolder(Path.of(args[0])));
        } catch (InvalidConfig | IOException | UncheckedIOException failed) {
            System.err.println("links cannot start: " + failed.getMessage());
            System.exit(1);
        }
    }

    private static void run(ClusterFolder folder) throws IOException, InterruptedException {
        Links links = Links.open(folder);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(links), "links-stop"));
        PidFile.write(folder.links().resolve("links.pid"));
        System.out.println("links ready: " + links.description());
        if (!links.join()) {
            // A defect: without its relays this process would accept nothing and still hold the control socket.
            Runtime.getRuntime().halt(1);
        }
    }

    private static void close(Links links) {
        try {
            links.close();
        } catch (IOException leftBehind) {
            System.err.println("links stopped, but: " + leftBehind.getMessage());
        }
    }
}
