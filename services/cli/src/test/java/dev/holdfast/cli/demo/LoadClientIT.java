package dev.holdfast.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadClientIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private int port;
    private Process database;

    @BeforeEach
    void startDatabase() throws Exception {
        port = GuestProcess.freePort();
        database = GuestProcess.database(folder.resolve("live"), port, folder.resolve("evidence"), "a", 1);
        GuestProcess.connect(database, port).close();
    }

    @AfterEach
    void endDatabase() throws InterruptedException {
        database.destroyForcibly().waitFor();
    }

    @Test
    void anAddressThatAcceptsAndHangsIsGivenUpAndFoundAgainWhenItAnswers() throws Exception {
        try (LoadClient load = LoadClient.start(settings(), listener())) {
            GuestProcess.await("rows", () -> load.rowsAcknowledged() > 50);
            long blow = System.nanoTime();
            database.destroyForcibly().waitFor();
            try (ServerSocket silent = new ServerSocket(port, 50, InetAddress.getByName(GuestProcess.ADDRESS))) {
                GuestProcess.await("connections that are given up", () -> {
                    silent.accept().getInputStream().readAllBytes();
                    return load.gapOf(blow).filter(gap -> gap.length().toMillis() > 1_500).isPresent();
                });
            }
            database = GuestProcess.database(folder.resolve("live"), port, folder.resolve("evidence"), "a", 2);
            GuestProcess.await("an answer", () -> load.gapOf(blow).orElseThrow().ended());

            Gap gap = load.gapOf(blow).orElseThrow();
            assertThat(gap.from() - blow).isLessThan(gap.to() - blow);
            assertThat(heard).contains("lost", "answering");
            assertThat(load.checkAfter(blow, LIMIT).rowsLost()).isZero();
        }
    }

    @Test
    void rowsThatADatabaseLostAndRowsItInventedAndRowsItChangedAreEachCounted() throws Exception {
        try (LoadClient load = LoadClient.start(settings(), listener())) {
            GuestProcess.await("rows", () -> load.rowsAcknowledged() > 50);
            long blow = System.nanoTime();
            database.destroyForcibly().waitFor();
            GuestProcess.await("the loss", () -> load.gapOf(blow).isPresent());
            Path old = Files.move(folder.resolve("live"), folder.resolve("old"));
            tamper(old);
            Files.move(old, folder.resolve("live"));
            database = GuestProcess.database(folder.resolve("live"), port, folder.resolve("evidence"), "a", 2);
            GuestProcess.await("an answer", () -> load.gapOf(blow).orElseThrow().ended());

            LoadReport report = load.checkAfter(blow, LIMIT);
            assertThat(report.rowsLost()).isEqualTo(3 + 1); // A row that was changed is not there any more.
            assertThat(report.rowsCorrupt()).isEqualTo(1);
            assertThat(report.rowsUnacknowledged()).isGreaterThanOrEqualTo(1);
            assertThat(report.rowsLostLater()).isZero();
            assertThat(report.gapOfBlow()).isPresent();
        }
    }

    @Test
    void aDatabaseThatGoesBackToBeforeItsTableIsLoadedOnAndEveryEarlierRowIsLost() throws Exception {
        try (LoadClient load = LoadClient.start(settings(), listener())) {
            GuestProcess.await("rows", () -> load.rowsAcknowledged() > 50);
            long blow = System.nanoTime();
            database.destroyForcibly().waitFor();
            GuestProcess.await("the loss", () -> load.gapOf(blow).isPresent());
            int acknowledged = load.rowsAcknowledged();
            database = GuestProcess.database(folder.resolve("empty"), port, folder.resolve("evidence"), "a", 2);
            GuestProcess.await("an answer", () -> load.gapOf(blow).orElseThrow().ended());

            LoadReport report = load.checkAfter(blow, LIMIT);
            assertThat(report.rowsLost()).isEqualTo(acknowledged);
            assertThat(report.rowsLostLater()).isZero();
        }
    }

    private void tamper(Path volume) throws Exception {
        int other = GuestProcess.freePort();
        Process opened = GuestProcess.database(volume, other, folder.resolve("e"), "b", 2);
        try (Connection connection = GuestProcess.connect(opened, other);
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("DELETE FROM load_rows WHERE id IN (5, 6, 7)")).isEqualTo(3);
            assertThat(statement.executeUpdate("UPDATE load_rows SET payload = 'x' WHERE id = 8")).isEqualTo(1);
        }
        LoadRow invented = LoadRow.of("test", 99_999);
        try (LoadConnection forger = new LoadConnection(settings(other), "forger")) {
            forger.insert(invented);
        }
        opened.destroy();
        opened.waitFor();
    }

    private LoadListener listener() {
        return new LoadListener() {
            @Override
            public void lost(long lastAnswerAt) {
                heard.add("lost");
            }

            @Override
            public void answering(Gap gap) {
                heard.add("answering");
            }
        };
    }

    private LoadSettings settings() {
        return settings(port);
    }

    private static LoadSettings settings(int port) {
        return new LoadSettings(DatabaseGuest.url(GuestProcess.ADDRESS, port), DatabaseGuest.NAME, DatabaseGuest.NAME,
                "test", 2, 100, Duration.ofSeconds(1), Duration.ofMillis(200), 100_000);
    }
}
