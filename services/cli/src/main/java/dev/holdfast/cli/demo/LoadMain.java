package dev.holdfast.cli.demo;

import java.time.Duration;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Loads a database by hand and says what a user would see:
 * {@code LoadMain --url=jdbc:… [--user= --password= --connections= --rows=PER-SECOND --seconds=]}
 */
public final class LoadMain {

    private static final Set<String> KNOWN = Set.of("url", "user", "password", "connections", "rows", "seconds");

    private LoadMain() {
    }

    public static void main(String[] args) throws InterruptedException {
        LoadSettings settings;
        long seconds;
        try {
            Arguments arguments = Arguments.parse(List.of(args), KNOWN);
            settings = settings(arguments);
            seconds = arguments.number("seconds", "60");
        } catch (IllegalArgumentException wrong) {
            System.err.println("LoadMain: " + wrong.getMessage());
            System.exit(2);
            return;
        }
        System.exit(load(settings, seconds));
    }

    private static LoadSettings settings(Arguments arguments) {
        LoadSettings usual = LoadSettings.of(arguments.text("url", null),
                "by-hand-" + ProcessHandle.current().pid() + "-" + System.currentTimeMillis());
        return new LoadSettings(usual.url(), arguments.text("user", usual.user()),
                arguments.text("password", usual.password()), usual.run(),
                arguments.count("connections", Integer.toString(usual.connections())),
                arguments.count("rows", Integer.toString(usual.rowsPerSecond())),
                usual.answerTimeout(), usual.lostAfter(), usual.mostRows());
    }

    private static int load(LoadSettings settings, long seconds) throws InterruptedException {
        try (LoadClient client = LoadClient.start(settings, new Printer())) {
            long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
            while (System.nanoTime() - end < 0) {
                Thread.sleep(Duration.ofSeconds(Math.min(5, Math.max(1, seconds))));
                say("%s, %d rows acknowledged".formatted(
                        client.answering() ? "answering" : "no answer", client.rowsAcknowledged()));
            }
            LoadReport report = client.check(Duration.ofSeconds(30));
            say("%d rows acknowledged, %d of them missing, %d there without acknowledgement, %d corrupt, longest gap %s"
                    .formatted(report.rowsAcknowledged(), report.rowsLost(), report.rowsUnacknowledged(),
                            report.rowsCorrupt(),
                            report.longestGap().map(gap -> gap.length().toMillis() + " ms").orElse("unknown")));
            return report.rowsLost() + report.rowsCorrupt() == 0 ? 0 : 1;
        } catch (TimeoutException | ExecutionException unchecked) {
            say("the rows cannot be checked: " + unchecked.getMessage());
            return 1;
        }
    }

    private static void say(String text) {
        System.out.println(LocalTime.now().truncatedTo(ChronoUnit.MILLIS) + " " + text);
    }

    private static final class Printer implements LoadListener {

        @Override
        public void lost(long lastAnswerAt) {
            say("lost: no answer for %d ms".formatted((System.nanoTime() - lastAnswerAt) / 1_000_000));
        }

        @Override
        public void answering(Gap gap) {
            say("answering again after %d ms".formatted(gap.length().toMillis()));
        }
    }
}
