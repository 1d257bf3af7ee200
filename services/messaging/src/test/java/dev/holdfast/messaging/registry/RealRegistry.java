package dev.holdfast.messaging.registry;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A real Apicurio registry in a process of its own, in memory, on a free port of the loopback address. Part of the test
 * jar, for the tests of whole clusters.
 */
public final class RealRegistry implements AutoCloseable {

    private static final String ARTIFACT = "io.apicurio:apicurio-registry-app:3.3.3:tar.gz:all";
    private static final String UNPACK = "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:unpack";
    private static final Path FOLDER = Path.of(System.getProperty("registry.folder", "target")).toAbsolutePath().normalize();
    private static final Path HOME = FOLDER.resolve("apicurio");
    private static final String MAVEN = System.getProperty("maven.home") == null
            ? "mvn"
            : Path.of(System.getProperty("maven.home"), "bin", "mvn").toString();
    private static final boolean OFFLINE = System.getProperty("maven.mode", "").endsWith("true");
    private static final Duration READY_WITHIN = Duration.ofMinutes(5);

    private final Process process;
    private final URI url;

    private RealRegistry(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    /**
     * Fetches it with Maven unless it is there.
     *
     * @return why it cannot be had; empty if it is there
     */
    public static Optional<String> fetch() throws IOException, InterruptedException {
        if (Files.exists(HOME.resolve("quarkus-run.jar"))) {
            return Optional.empty();
        }
        Files.createDirectories(FOLDER);
        Path log = FOLDER.resolve("apicurio-fetch.log");
        Process maven = new ProcessBuilder(
                        MAVEN, "-B", "-q",
                        OFFLINE ? "--offline" : "--no-transfer-progress", UNPACK,
                        "-Dartifact=" + ARTIFACT, "-DoutputDirectory=" + HOME, "-Dmdep.overWriteReleases=true")
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!maven.waitFor(10, TimeUnit.MINUTES)) {
            maven.destroyForcibly();
            return Optional.of(ARTIFACT + " did not arrive within 10 minutes");
        }
        return maven.exitValue() == 0
                ? Optional.empty()
                : Optional.of(ARTIFACT + " cannot be had: "
                        + Files.readAllLines(log).stream().filter(line -> line.contains("ERROR")).findFirst().orElse(""));
    }

    /** Starts it and waits until it answers. */
    public static RealRegistry start() throws IOException, InterruptedException {
        int port = freePort();
        File log = FOLDER.resolve("apicurio.log").toFile();
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
                        "-Dquarkus.http.host=127.0.0.1", "-Dquarkus.http.port=" + port,
                        "-jar", HOME.resolve("quarkus-run.jar").toString()))
                .directory(HOME.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        RealRegistry registry = new RealRegistry(process, URI.create("http://127.0.0.1:" + port + "/apis/ccompat/v7"));
        Instant deadline = Instant.now().plus(READY_WITHIN);
        while (!registry.answers()) {
            if (!process.isAlive() || Instant.now().isAfter(deadline)) {
                registry.close();
                throw new IllegalStateException("the registry did not become ready, see " + log);
            }
            Thread.sleep(250);
        }
        return registry;
    }

    /** Base of its Confluent API. */
    public URI url() {
        return url;
    }

    private boolean answers() throws InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/subjects"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Kills it, with all it knows; it can be closed all the same. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
