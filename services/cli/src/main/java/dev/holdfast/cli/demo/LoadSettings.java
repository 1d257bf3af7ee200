package dev.holdfast.cli.demo;

import java.time.Duration;

/**
 * How a database is loaded.
 *
 * @param url           JDBC URL
 * @param user          of the database
 * @param password      of the database
 * @param run           tells this run's rows from those of others, 1 to 40 characters
 * @param connections   that insert and read, each by itself, 1 to 64
 * @param rowsPerSecond inserted by all together while the database answers, 1 to 10,000
 * @param answerTimeout a connection, insert or read without an answer for this long is given up, 50 ms to 1 m
 * @param lostAfter     no answer to any connection for this long is a loss that is reported, 50 ms to 1 m
 * @param mostRows      after these it only reads, 1 to 10,000,000; each costs 8 bytes of memory
 */
public record LoadSettings(String url, String user, String password, String run, int connections, int rowsPerSecond,
                           Duration answerTimeout, Duration lostAfter, int mostRows) {

    private static final Duration LEAST = Duration.ofMillis(50);
    private static final Duration MOST = Duration.ofMinutes(1);

    public LoadSettings {
        require(url != null && url.startsWith("jdbc:"), "url", url, "must begin with jdbc:");
        require(run != null && !run.isEmpty() && run.length() <= 40, "run", run, "must have 1 to 40 characters");
        require(connections >= 1 && connections <= 64, "connections", connections, "must be 1 to 64");
        require(rowsPerSecond >= 1 && rowsPerSecond <= 10_000, "rowsPerSecond", rowsPerSecond, "must be 1 to 10000");
        require(within(answerTimeout), "answerTimeout", answerTimeout, "must be 50 ms to 1 m");
        require(within(lostAfter), "lostAfter", lostAfter, "must be 50 ms to 1 m");
        require(mostRows >= 1 && mostRows <= 10_000_000, "mostRows", mostRows, "must be 1 to 10000000");
    }

    /** 4 connections, 200 rows a second, 500 ms for an answer, lost after 250 ms, for the demo's database. */
    public static LoadSettings of(String url, String run) {
        return new LoadSettings(url, DatabaseGuest.NAME, DatabaseGuest.NAME, run, 4, 200,
                Duration.ofMillis(500), Duration.ofMillis(250), 5_000_000);
    }

    private static boolean within(Duration duration) {
        return duration != null && duration.compareTo(LEAST) >= 0 && duration.compareTo(MOST) <= 0;
    }

    private static void require(boolean holds, String field, Object value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("%s '%s' %s".formatted(field, value, rule));
        }
    }
}
