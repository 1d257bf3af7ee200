package dev.holdfast.cli.doctor;

import dev.holdfast.cli.Failure;
import dev.holdfast.node.cluster.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Asks nodes for what they say of themselves. To be closed. */
final class NodeHttp implements AutoCloseable {

    private static final Duration ANSWER = Duration.ofSeconds(2);

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWER).build();

    /** What a node answered. */
    record Answer(int status, String text) {}

    /** Empty if nothing answers there in time. */
    Optional<Answer> get(String address, String path) {
        URI uri = URI.create("http://" + address + ":" + Ports.HTTP + path);
        try {
            HttpRequest request = HttpRequest.newBuilder(uri).GET().timeout(ANSWER).build();
            var response = client.send(request, BodyHandlers.ofString());
            return Optional.of(new Answer(response.statusCode(), response.body().strip()));
        } catch (IOException noAnswer) {
            return Optional.empty();
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
