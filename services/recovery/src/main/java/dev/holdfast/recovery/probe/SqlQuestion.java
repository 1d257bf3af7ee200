package dev.holdfast.recovery.probe;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.Callable;

/** Answered when a query returns over a new connection: an old one may answer where no new client gets in. */
record SqlQuestion(String url, String user, String password, String query) implements Callable<Void> {

    @Override
    public Void call() throws SQLException {
        Properties login = new Properties();
        if (user != null) {
            login.setProperty("user", user);
        }
        if (password != null) {
            login.setProperty("password", password);
        }
        try (var connection = DriverManager.getConnection(url, login);
                var statement = connection.createStatement()) {
            statement.execute(query);
            return null;
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "SqlQuestion[url=%s, query=%s]".formatted(url, query);
    }
}
