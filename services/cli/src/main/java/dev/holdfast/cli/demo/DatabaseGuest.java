package dev.holdfast.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.hsqldb.Database;
import org.hsqldb.server.Server;
import org.hsqldb.server.ServerConstants;

/**
 * The database server of the demo:
 * {@code DatabaseGuest --volume=FOLDER --address=IP --port=N [--evidence=FOLDER] [--guest= --node= --epoch=]}
 *
 * <p>HSQLDB, because it was the one of three that lost nothing and started fast: killed under load, and copied while
 * stopped, it kept every acknowledged row (fsync before each acknowledgement); H2 2.5 lost some of them in one run
 * of three even with WRITE_DELAY 0; Derby kept them and took two seconds to start.
 */
public final class DatabaseGuest {

    /** Name of the database in the URL, its user and its password. */
    public static final String NAME = "shop";

    private static final Set<String> KNOWN =
            Set.of("volume", "address", "port", "evidence", "guest", "node", "epoch");

    /**
     * write_delay=false: a commit is acknowledged when it is on disk. lock_file=false: HSQLDB's own lock outlives a
     * killed server and keeps the next one waiting for ten seconds; that there is only one is our business here.
     * log_size: a checkpoint every megabyte, some 5,000 rows, keeps the replay after a crash, which is outage, short.
     */
    private static final String PROPERTIES = ";user=shop;password=shop;hsqldb.write_delay=false"
            + ";hsqldb.lock_file=false;hsqldb.log_size=1;hsqldb.default_table_type=cached;hsqldb.tx=mvcc"
            + ";hsqldb.nio_data_file=false";

    private DatabaseGuest() {
    }

    /** JDBC URL of the database as clients reach it; user and password are {@link #NAME}. */
    public static String url(String address, int port) {
        return "jdbc:hsqldb:hsql://%s:%d/%s".formatted(address, port, NAME);
    }

    public static void main(String[] args) throws IOException {
        Arguments arguments;
        Server server;
        Witness witness;
        try {
            arguments = Arguments.parse(List.of(args), KNOWN);
            server = server(arguments);
            witness = arguments.values().containsKey("evidence")
                    ? Witness.begin(Path.of(arguments.text("evidence", null)), GuestIdentity.from(arguments))
                    : null;
        } catch (IllegalArgumentException wrong) {
            System.err.println("DatabaseGuest: " + wrong.getMessage());
            System.exit(2);
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, witness), "end"));
        try {
            server.start();
            server.checkRunning(true);
        } catch (RuntimeException notRunning) {
            System.err.println("DatabaseGuest: " + reason(server, notRunning));
            System.exit(1);
        }
    }

    private static String reason(Server server, RuntimeException notRunning) {
        Throwable cause = server.getServerError();
        return cause == null ? notRunning.getMessage() : cause.getMessage();
    }

    private static Server server(Arguments arguments) throws IOException {
        // HSQLDB otherwise replaces the logging of the whole JVM, and reads a file from the working directory.
        System.setProperty("hsqldb.reconfig_logging", "false");
        Path volume = Files.createDirectories(Path.of(arguments.text("volume", null)));
        Server server = new Server();
        server.setSilent(true);
        server.setLogWriter(null);
        server.setNoSystemExit(true); // Its exit within our shutdown hook would wait for itself.
        server.setAddress(arguments.text("address", null));
        server.setPort(arguments.count("port", null));
        server.setDatabaseName(0, NAME);
        server.setDatabasePath(0, "file:" + volume.resolve(NAME) + PROPERTIES);
        return server;
    }

    private static void end(Server server, Witness witness) {
        try {
            if (server.getState() == ServerConstants.SERVER_STATE_ONLINE) {
                server.shutdownWithCatalogs(Database.CLOSEMODE_NORMAL);
            }
            if (witness != null) {
                witness.exit();
            }
        } catch (IOException lost) {
            System.err.println("DatabaseGuest: " + lost.getMessage());
        }
    }
}
