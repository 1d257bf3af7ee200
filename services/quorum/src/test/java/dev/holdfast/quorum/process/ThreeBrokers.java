package dev.holdfast.quorum.process;

import dev.holdfast.messaging.ClientSettings;
import dev.holdfast.messaging.ClusterTopics;
import dev.holdfast.schemas.TopicCatalogue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;

/** Three brokers in processes of their own, with the topics of a cluster. */
final class ThreeBrokers implements AutoCloseable {

    private static final String HOST = "127.0.0.1";

    private final List<TestProcess> brokers = new ArrayList<>();
    private final String bootstrap;
    private final String logId;

    ThreeBrokers(Path folder) throws Exception {
        List<Integer> ports = freePorts(6);
        List<String> voters = new ArrayList<>();
        for (int id = 1; id <= 3; id++) {
            voters.add(id + "@" + HOST + ":" + ports.get(2 * id - 2) + ":" + ports.get(2 * id - 1));
        }
        bootstrap = voters.stream()
                .map(voter -> HOST + voter.substring(voter.lastIndexOf(':')))
                .collect(Collectors.joining(","));
        String settings = Path.of("../../infra/broker.properties").toAbsolutePath().normalize().toString();
        for (int id = 1; id <= 3; id++) {
            brokers.add(new TestProcess(BrokerMain.class, folder.resolve("broker-" + id + ".log"),
                    List.of("-Xmx256m"), settings, String.valueOf(id), folder.resolve("broker-" + id).toString(),
                    String.join(",", voters)));
        }
        logId = makeTopics();
    }

    private String makeTopics() throws Exception {
        long deadline = System.nanoTime() + Duration.ofMinutes(5).toNanos();
        while (true) {
            try (Admin admin = Admin.create(new ClientSettings(bootstrap, "init").admin("topics"))) {
                if (admin.describeCluster().nodes().get().size() == 3) {
                    ClusterTopics topics = new ClusterTopics(admin);
                    topics.createMissing();
                    return topics.ids().get(TopicCatalogue.NODE_HEARTBEATS);
                }
            } catch (ExecutionException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
            }
            Thread.sleep(300);
        }
    }

    String bootstrap() {
        return bootstrap;
    }

    /** Kafka's id of the heartbeat topic. */
    String logId() {
        return logId;
    }

    List<TestProcess> processes() {
        return brokers;
    }

    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        List<Integer> ports = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST));
            sockets.add(socket);
            ports.add(socket.getLocalPort());
        }
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return ports;
    }

    @Override
    public void close() {
        brokers.forEach(TestProcess::close);
    }
}
