package dev.holdfast.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Judges from the guests' own evidence whether two processes of one guest ever ran at once: the lock was held when a
 * second one began, or the times in which they say to have lived overlap.
 */
public final class DoubleRunChecker {

    private static final String LOG = ".log";

    private int runs;
    private int unreadableLines;
    private final List<String> findings = new ArrayList<>();

    private DoubleRunChecker() {
    }

    /**
     * Reads the evidence of all guests; may be called while they run.
     *
     * @param evidence the folder given to the guests; one that is not there holds no run
     */
    public static DoubleRunReport check(Path evidence) throws IOException {
        DoubleRunChecker checker = new DoubleRunChecker();
        try (var files = Files.list(evidence)) {
            for (Path file : files.filter(path -> path.toString().endsWith(LOG)).sorted().toList()) {
                checker.guest(file);
            }
        } catch (NoSuchFileException nothingRan) {
            return new DoubleRunReport(0, List.of(), 0);
        }
        return new DoubleRunReport(checker.runs, checker.findings, checker.unreadableLines);
    }

    /** Prints the report of a folder; exit code 1 if it is not clean. */
    public static void main(String[] args) throws IOException {
        if (args.length != 1) {
            System.err.println("usage: DoubleRunChecker EVIDENCE-FOLDER");
            System.exit(2);
        }
        DoubleRunReport report = check(Path.of(args[0]));
        report.findings().forEach(System.out::println);
        System.out.printf("%d runs, %d double, %d unreadable lines%n", report.runs(), report.findings().size(),
                report.unreadableLines());
        System.exit(report.clean() ? 0 : 1);
    }

    private void guest(Path file) throws IOException {
        String guest = file.getFileName().toString().replace(LOG, "");
        List<GuestRun> ofGuest = new ArrayList<>();
        for (String text : wholeLines(file)) {
            Optional<EvidenceLine> line = EvidenceLine.parse(text);
            if (line.isEmpty()) {
                unreadableLines++;
            } else {
                enter(guest, ofGuest, line.get());
            }
        }
        runs += ofGuest.size();
        for (int i = 0; i < ofGuest.size(); i++) {
            for (int j = i + 1; j < ofGuest.size(); j++) {
                compare(guest, ofGuest.get(i), ofGuest.get(j));
            }
        }
    }

    private void enter(String guest, List<GuestRun> ofGuest, EvidenceLine line) {
        int known = ofGuest.size() - 1;
        while (known >= 0 && !ofGuest.get(known).is(line)) {
            known--;
        }
        // A second start with the same pid is another process: pids come round.
        if (known < 0 || line.kind() == EvidenceLine.Kind.START) {
            ofGuest.add(GuestRun.of(line));
        } else {
            ofGuest.set(known, ofGuest.get(known).until(line));
        }
        if (line.kind() == EvidenceLine.Kind.DOUBLE) {
            findings.add("%s: node %s epoch %d pid %d began at %d while another held the lock".formatted(
                    guest, line.node(), line.epoch(), line.pid(), line.bootNanos()));
        }
    }

    private void compare(String guest, GuestRun one, GuestRun other) {
        long overlap = one.overlap(other);
        if (overlap > 0) {
            findings.add("%s: %s and %s ran together for at least %d ms".formatted(
                    guest, one, other, overlap / 1_000_000));
        }
    }

    /** Without a last line that is being written just now. */
    private static List<String> wholeLines(Path file) throws IOException {
        String text = Files.readString(file);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }
}
