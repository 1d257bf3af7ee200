package dev.holdfast.messaging.registry;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;

/** As much of a registry as registering takes, with ids or refusals of the test's choice. */
final class PlayedRegistry implements AutoCloseable {

    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final AtomicInteger registrations = new AtomicInteger();

    private PlayedRegistry(int status, IntUnaryOperator idOfNth) throws IOException {
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            boolean registers = exchange.getRequestMethod().equals("POST");
            String answer = status != 200
                    ? "{\"error_code\":" + status + ",\"message\":\"not today\"}"
                    : registers
                            ? "{\"id\":" + idOfNth.applyAsInt(registrations.getAndIncrement()) + "}"
                            : "{\"compatibility\":\"BACKWARD\"}";
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", Answer.CONTENT_TYPE);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    /** Gives the n-th schema that is registered, counted from 0, the id that the function says. */
    static PlayedRegistry giving(IntUnaryOperator idOfNth) throws IOException {
        return new PlayedRegistry(200, idOfNth);
    }

    /** Answers everything with that status. */
    static PlayedRegistry refusing(int status) throws IOException {
        return new PlayedRegistry(status, nth -> nth);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
