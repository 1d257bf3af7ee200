package dev.holdfast.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseGuestIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endAll() throws InterruptedException {
        for (Process process : started) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void aDatabaseKilledUnderLoadHasEveryAcknowledgedRow() throws Exception {
        int port = GuestProcess.freePort();
        Process database = database("live", port, 1);
        try (LoadClient load = load(port, LoadListener.NONE)) {
            for (int kill = 1; kill <= 4; kill++) {
                int enough = load.rowsAcknowledged() + 150;
                GuestProcess.await("rows", () -> load.rowsAcknowledged() >= enough);
                long blow = System.nanoTime();
                database.destroyForcibly().waitFor();
                GuestProcess.await("the loss", () -> load.gapOf(blow).isPresent());
                database = database("live", port, 1 + kill);
                GuestProcess.await("an answer", () -> load.gapOf(blow).orElseThrow().ended());
            }
            LoadReport report = load.check(LIMIT);

            assertThat(report.rowsAcknowledged()).isGreaterThanOrEqualTo(600);
            assertThat(report.rowsLost()).isZero();
            assertThat(report.rowsLostLater()).isZero();
            assertThat(report.rowsCorrupt()).isZero();
        }
        assertThat(DoubleRunChecker.check(evidence())).isEqualTo(new DoubleRunReport(5, List.of(), 0));
    }

    @Test
    void aCopyMadeWhileTheDatabaseIsStoppedHoldsEveryRowAcknowledgedBefore() throws Exception {
        int port = GuestProcess.freePort();
        Process database = database("live", port, 1);
        AcknowledgedRows rows = new AcknowledgedRows(100_000);
        LoadSettings settings = settings(port);
        AnswerTimeline timeline = new AnswerTimeline(LIMIT.toNanos(), LoadListener.NONE);
        Thread writer = Thread.ofVirtual().start(new LoadWriter(settings, rows, timeline,
                new AtomicInteger(), "writer"));
        for (int copy = 1; copy <= 3; copy++) {
            int enough = rows.count() + 100;
            GuestProcess.await("rows", () -> rows.count() >= enough);
            GuestProcess.signal(database, "STOP");
            AcknowledgedRows.Snapshot acknowledged = rows.snapshot();
            Path copied = folder.resolve("copy-" + copy);
            GuestProcess.tool("cp", "-a", folder.resolve("live").toString(), copied.toString());
            GuestProcess.signal(database, "CONT");

            assertThat(missing(copied, acknowledged)).isEmpty();
        }
        writer.interrupt();
        writer.join();
    }

    @Test
    void onSigtermItEndsInOrderAndSaysSo() throws Exception {
        int port = GuestProcess.freePort();
        Process database = database("live", port, 1);
        GuestProcess.connect(database, port).close();
        database.destroy();

        assertThat(database.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readAllLines(evidence().resolve("shop-db.log")).getLast()).contains(" exit pid=");
        assertThat(Files.readString(folder.resolve("live/shop.properties"))).contains("modified=no");
    }

    @Test
    void aDatabaseThatCannotListenEndsAndSaysWhy() throws Exception {
        int port = GuestProcess.freePort();
        GuestProcess.connect(database("live", port, 1), port).close();
        Process second = database("other", port, 2);

        assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isEqualTo(1);
        assertThat(Files.readString(folder.resolve("database.out"))).contains("DatabaseGuest: ");
    }

    @Test
    void aBadArgumentIsRefusedWithItsName() throws Exception {
        Process guest = GuestProcess.java(folder.resolve("out"), DatabaseGuest.class.getName(), "--volumes=/x");
        assertThat(guest.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(guest.exitValue()).isEqualTo(2);
        assertThat(Files.readString(folder.resolve("out"))).contains("'--volumes=/x' is not one of");
    }

    private List<Integer> missing(Path copy, AcknowledgedRows.Snapshot acknowledged) throws Exception {
        int port = GuestProcess.freePort();
        Process opened = GuestProcess.database(copy, port, folder.resolve("evidence-of-copies"), "b", 9);
        started.add(opened);
        List<Integer> missing = new ArrayList<>();
        try (var connection = GuestProcess.connect(opened, port);
                var select = connection.prepareStatement("SELECT id FROM load_rows WHERE id = ?")) {
            for (int id = 1; id <= acknowledged.highest(); id++) {
                select.setInt(1, id);
                if (acknowledged.contains(id) && !select.executeQuery().next()) {
                    missing.add(id);
                }
            }
        }
        opened.destroyForcibly().waitFor();
        return missing;
    }

    private Process database(String volume, int port, long epoch) throws Exception {
        Process process = GuestProcess.database(folder.resolve(volume), port, evidence(), "a", epoch);
        started.add(process);
        return process;
    }

    private static LoadClient load(int port, LoadListener listener) {
        return LoadClient.start(settings(port), listener);
    }

    /** Patient, because only the kill is to cause a loss here, not a busy machine. */
    private static LoadSettings settings(int port) {
        return new LoadSettings(DatabaseGuest.url(GuestProcess.ADDRESS, port), DatabaseGuest.NAME, DatabaseGuest.NAME,
                "test", 4, 400, Duration.ofSeconds(10), Duration.ofMillis(50), 100_000);
    }

    private Path evidence() {
        return folder.resolve("evidence");
    }
}
