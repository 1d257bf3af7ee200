package dev.holdfast.cli.demo;

import dev.holdfast.cli.Failure;
import dev.holdfast.cli.local.LocalCluster;
import dev.holdfast.node.cluster.ClusterConfig;
import dev.holdfast.node.cluster.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Who decides, asked of each node itself; and a way to have the task leave a node. */
final class QuorumTask implements AutoCloseable {

    private static final Duration ANSWER = Duration.ofSeconds(2);
    /** A node that is asked to leave the task waits for that up to ten seconds. */
    private static final Duration LEAVING = Duration.ofSeconds(15);

    private final ClusterConfig config;
    private final HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWER).build();

    QuorumTask(LocalCluster cluster) {
        this.config = cluster.config();
    }

    /**
     * What a node says of its quorum service.
     *
     * @param active whether it decides
     * @param caughtUp whether it could take over at once
     */
    record Status(boolean active, boolean caughtUp) {}

    /** Empty if the node does not answer. */
    Optional<Status> status(String node) {
        try {
            String[] fields = ask(HttpRequest.newBuilder(uri(node, "")).GET().timeout(ANSWER)).split("\t", -1);
            return Optional.of(new Status(Boolean.parseBoolean(fields[1]), Boolean.parseBoolean(fields[2])));
        } catch (IOException | ArrayIndexOutOfBoundsException noAnswer) {
            return Optional.empty();
        }
    }

    void pause(String node) throws IOException {
        ask(HttpRequest.newBuilder(uri(node, "/pause")).POST(BodyPublishers.noBody()).timeout(LEAVING));
    }

    void resume(String node) throws IOException {
        ask(HttpRequest.newBuilder(uri(node, "/resume")).POST(BodyPublishers.noBody()).timeout(ANSWER));
    }

    private URI uri(String node, String what) {
        return URI.create("http://" + config.net().real(config.idOf(node)) + ":" + Ports.HTTP + "/quorum" + what);
    }

    private String ask(HttpRequest.Builder request) throws IOException {
        try {
            var response = client.send(request.build(), BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException("answered " + response.statusCode());
            }
            return response.body();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw Failure.failed("interrupted");
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
