package dev.holdfast.cli.demo;

import dev.holdfast.recovery.probe.Deadline;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * One connection to the database that never waits longer than its limit and opens again by itself. Each call either
 * returns what the database answered, or throws; then the next call begins with a new connection, which makes the
 * table of all runs if it is not there: a failover may have gone back to a time before it was made.
 */
final class LoadConnection implements AutoCloseable {

    private static final int ROWS_AT_ONCE = 1_000;
    private static final String TABLE = "CREATE TABLE IF NOT EXISTS load_rows (run VARCHAR(40), id INTEGER, "
            + "payload VARCHAR(200), checksum BIGINT, PRIMARY KEY (run, id))";

    private final LoadSettings settings;
    private final Deadline deadline;
    private Connection connection;

    LoadConnection(LoadSettings settings, String name) {
        this.settings = settings;
        this.deadline = new Deadline(name);
    }

    /** Returns when the database has acknowledged the row. */
    void insert(LoadRow row) throws TimeoutException, ExecutionException, InterruptedException {
        ask(settings.answerTimeout(), () -> {
            try (PreparedStatement insert = open().prepareStatement("INSERT INTO load_rows VALUES (?, ?, ?, ?)")) {
                insert.setString(1, row.run());
                insert.setInt(2, row.id());
                insert.setString(3, row.payload());
                insert.setLong(4, row.checksum());
                return insert.executeUpdate();
            }
        });
    }

    /** The row, if the database has it. */
    Optional<LoadRow> read(int id) throws TimeoutException, ExecutionException, InterruptedException {
        return ask(settings.answerTimeout(), () -> {
            try (PreparedStatement select = open().prepareStatement(
                    "SELECT id, payload, checksum FROM load_rows WHERE run = ? AND id = ?")) {
                select.setString(1, settings.run());
                select.setInt(2, id);
                ResultSet found = select.executeQuery();
                return found.next() ? Optional.of(row(found)) : Optional.empty();
            }
        });
    }

    /** Gives every row of the run to the consumer. */
    void readAll(Duration limit, Consumer<LoadRow> consumer)
            throws TimeoutException, ExecutionException, InterruptedException {
        ask(limit, () -> {
            try (PreparedStatement select = open().prepareStatement(
                    "SELECT id, payload, checksum FROM load_rows WHERE run = ?")) {
                select.setFetchSize(ROWS_AT_ONCE);
                select.setString(1, settings.run());
                ResultSet found = select.executeQuery();
                while (found.next()) {
                    consumer.accept(row(found));
                }
                return null;
            }
        });
    }

    /** Gives up the connection; what the database still does with it is its own business. */
    @Override
    public void close() {
        try {
            deadline.call(() -> {
                forget();
                return null;
            }, settings.answerTimeout());
        } catch (TimeoutException | ExecutionException gone) {
            // It was of no use any more.
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private <T> T ask(Duration limit, Callable<T> question)
            throws TimeoutException, ExecutionException, InterruptedException {
        try {
            return deadline.call(question, limit);
        } catch (TimeoutException | ExecutionException failed) {
            close();
            throw failed;
        }
    }

    private Connection open() throws SQLException {
        if (connection == null) {
            connection = DriverManager.getConnection(settings.url(), settings.user(), settings.password());
            try (Statement statement = connection.createStatement()) {
                statement.execute(TABLE);
            }
        }
        return connection;
    }

    private void forget() throws SQLException {
        Connection old = connection;
        connection = null;
        if (old != null) {
            old.close();
        }
    }

    private LoadRow row(ResultSet found) throws SQLException {
        return new LoadRow(settings.run(), found.getInt(1), found.getString(2), found.getLong(3));
    }
}
