package dev.holdfast.replication.volume;

import dev.holdfast.replication.volume.Steps.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A child process that halts, with nothing run on its way out, when it reaches a step:
 * {@code PowerCut <store> <step> <nth> snapshot|receive <stream>|promote|supersede <promoted>}.
 */
final class PowerCut {

    static final int HALTED = 137;

    private PowerCut() {}

    public static void main(String[] arguments) throws IOException {
        Step last = Step.valueOf(arguments[1]);
        AtomicInteger left = new AtomicInteger(Integer.parseInt(arguments[2]));
        Steps steps = step -> {
            if (step == last && left.decrementAndGet() == 0) {
                Runtime.getRuntime().halt(HALTED);
            }
        };
        Store store = Store.open(Path.of(arguments[0]), steps);
        switch (arguments[3]) {
            case "snapshot" -> store.snapshot(1, 2);
            case "receive" -> store.receiveWhole(Files.readAllBytes(Path.of(arguments[4])));
            case "promote" ->
                store.promotion(steps)
                        .run(new Promotion.Command(Store.GUEST, 2, Store.LIFE, Optional.empty()));
            case "supersede" ->
                store.supersession(steps).run(new Supersession.Command(Store.GUEST, 2, Store.LIFE, arguments[4]));
            default -> throw new IllegalArgumentException(arguments[3]);
        }
    }

    /** Runs the child and waits for its end. */
    static int run(Path store, Step step, int nth, String... work) throws IOException, InterruptedException {
        ProcessBuilder child = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                PowerCut.class.getName(),
                store.toString(),
                step.name(),
                Integer.toString(nth));
        child.command().addAll(java.util.List.of(work));
        return child.inheritIO().start().waitFor();
    }
}
