package dev.holdfast.node;

import dev.holdfast.node.cluster.ConfigFile;
import dev.holdfast.node.cluster.NodeFolder;
import java.nio.file.Path;
import java.util.List;

/** A node process without any service: for tests of the broker and of Kafka's own failover. */
final class BrokerOnlyMain {
    private BrokerOnlyMain() {
    }

    public static void main(String[] args) {
        Path file = Path.of(args[0]).toAbsolutePath();
        NodeMain.runOrEnd(() -> NodeMain.run(ConfigFile.readNode(file), new NodeFolder(file.getParent()), List.of()));
    }
}
