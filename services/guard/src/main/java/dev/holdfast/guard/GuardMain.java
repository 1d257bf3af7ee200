package dev.holdfast.guard;

import dev.holdfast.guard.server.GuardProcess;
import dev.holdfast.guard.server.GuardSettings;
import dev.holdfast.guard.server.Log;

/**
 * The guard's process: {@code --name NODE --machine ID --run FOLDER}. Its log goes to standard output. It ends when
 * its standard input does, on a termination signal, and on any error it did not expect; guests end with it.
 */
public final class GuardMain {

    private static final int USAGE = 2;
    private static final int RUNS_ALREADY = 3;
    private static final int UNEXPECTED = 70;

    private GuardMain() {}

    public static void main(String[] args) {
        Thread.setDefaultUncaughtExceptionHandler((thread, unexpected) -> {
            unexpected.printStackTrace();
            Runtime.getRuntime().halt(UNEXPECTED);
        });
        Log log = new Log(System.out);
        int code = run(log, args);
        log.flush();
        // Not exit(): the shutdown hook would wait for this very thread.
        Runtime.getRuntime().halt(code);
    }

    private static int run(Log log, String... args) {
        try {
            new GuardProcess(GuardSettings.of(args), log).run(System.in);
            return 0;
        } catch (IllegalArgumentException usage) {
            System.err.println("guard: " + usage.getMessage());
            return USAGE;
        } catch (GuardProcess.GuardRunsAlready running) {
            System.err.println("guard: " + running.getMessage());
            return RUNS_ALREADY;
        } catch (Throwable unexpected) {
            // The guard must not go on in a state nobody thought of; the guests' death is the safe side.
            unexpected.printStackTrace();
            return UNEXPECTED;
        }
    }
}
