package dev.holdfast.replication.transfer;

import dev.holdfast.replication.volume.Store;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplicaServerTest {

    private static final int CLOSES = 1000;

    @TempDir
    Path folder;

    /** An owner would wait for its stall limit at a port behind which nobody is. */
    @Test
    void aClosedOneRefusesConnectionsHoweverSoonItIsClosed() throws Exception {
        Store store = Store.open(folder);
        ReplicaServer.Config config = new ReplicaServer.Config(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), "b", Store.LIFE, Duration.ofSeconds(30));
        for (int round = 0; round < CLOSES; round++) {
            ReplicaServer server =
                    ReplicaServer.start(config, store.driver, store.floors, new InFlightReceives(), event -> {});
            server.close();
            TransferTest.awaitRefusal(server.port());
        }
    }
}
