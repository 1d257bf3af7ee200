package dev.holdfast.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;

/** Looks into what a returned node kept of its own: the rows that never left it. */
final class KeptBranch {

    private KeptBranch() {}

    /**
     * Numbers of the intact rows of a run in a database that was set aside. It is opened as a copy: to recover after a
     * crash it writes.
     *
     * @param aside the volume that was set aside, as it is mounted
     * @throws IOException if it cannot be copied or is no database
     */
    static BitSet rows(Path aside, String run) throws IOException {
        Path copy = Files.createTempDirectory("holdfast-branch-");
        try {
            copy(aside, copy);
            return read(copy.resolve(DatabaseGuest.NAME), run);
        } catch (SQLException unreadable) {
            throw new IOException("the database in " + aside + " does not open: " + unreadable.getMessage(), unreadable);
        } finally {
            DemoCluster.delete(copy);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(from)) {
            all = walk.filter(path -> !path.equals(from)).toList();
        }
        for (Path path : all) {
            Files.copy(path, to.resolve(from.relativize(path).toString()));
        }
    }

    private static BitSet read(Path database, String run) throws SQLException {
        System.setProperty("hsqldb.reconfig_logging", "false");
        BitSet rows = new BitSet();
        String url = "jdbc:hsqldb:file:" + database + ";ifexists=true;hsqldb.lock_file=false;shutdown=true";
        try (Connection connection = DriverManager.getConnection(url, DatabaseGuest.NAME, DatabaseGuest.NAME);
                PreparedStatement select = connection.prepareStatement(
                        "SELECT id, payload, checksum FROM load_rows WHERE run = ?")) {
            select.setString(1, run);
            ResultSet found = select.executeQuery();
            while (found.next()) {
                if (new LoadRow(run, found.getInt(1), found.getString(2), found.getLong(3)).intact()) {
                    rows.set(found.getInt(1));
                }
            }
        }
        return rows;
    }
}
