package dev.holdfast.cli.demo;

import java.io.File;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Real processes of the guests under test. */
final class GuestProcess {

    static final String ADDRESS = "127.0.0.1";
    private static final Duration GENEROUS = Duration.ofSeconds(60);

    private GuestProcess() {
    }

    static Process java(Path output, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m",
                "-cp", System.getProperty("java.class.path")));
        command.addAll(Arrays.asList(arguments));
        return run(output, command.toArray(String[]::new));
    }

    static Process run(Path output, String... command) throws Exception {
        return new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile())).start();
    }

    static Process database(Path volume, int port, Path evidence, String node, long epoch) throws Exception {
        return java(volume.resolveSibling("database.out"), DatabaseGuest.class.getName(), "--volume=" + volume,
                "--address=" + ADDRESS, "--port=" + port, "--evidence=" + evidence, "--guest=shop-db",
                "--node=" + node, "--epoch=" + epoch);
    }

    /** A connection to the database, as soon as it answers. */
    static Connection connect(Process database, int port) throws Exception {
        long end = System.nanoTime() + GENEROUS.toNanos();
        while (true) {
            try {
                return DriverManager.getConnection(
                        DatabaseGuest.url(ADDRESS, port), DatabaseGuest.NAME, DatabaseGuest.NAME);
            } catch (SQLException notYet) {
                if (!database.isAlive() || System.nanoTime() - end > 0) {
                    throw notYet;
                }
                Thread.sleep(10);
            }
        }
    }

    static void await(String what, Condition condition) throws Exception {
        long end = System.nanoTime() + GENEROUS.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("did not happen within " + GENEROUS + ": " + what);
            }
            Thread.sleep(10);
        }
    }

    static void signal(Process process, String signal) throws Exception {
        tool("kill", "-" + signal, Long.toString(process.pid()));
    }

    static void tool(String... command) throws Exception {
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new AssertionError(String.join(" ", command) + " failed");
        }
    }

    static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(ADDRESS))) {
            return socket.getLocalPort();
        }
    }

    static Path examples() {
        return new File("../../infra/examples").toPath().toAbsolutePath().normalize();
    }

    interface Condition {
        boolean holds() throws Exception;
    }
}
