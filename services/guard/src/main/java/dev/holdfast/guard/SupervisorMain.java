package dev.holdfast.guard;

import dev.holdfast.guard.server.Log;
import dev.holdfast.guard.supervisor.SupervisorProcess;
import dev.holdfast.guard.supervisor.SupervisorSettings;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The supervisor's process. Its one argument is the file that {@link SupervisorSettings} describes; its log goes to
 * standard output. A termination signal is an orderly stop.
 */
public final class SupervisorMain {

    private static final int USAGE = 2;
    private static final int RUNS_ALREADY = 3;
    private static final int UNEXPECTED = 70;

    private SupervisorMain() {}

    public static void main(String[] args) {
        Thread.setDefaultUncaughtExceptionHandler((thread, unexpected) -> {
            unexpected.printStackTrace();
            Runtime.getRuntime().halt(UNEXPECTED);
        });
        Log log = new Log(System.out);
        int code = run(log, args);
        log.flush();
        System.exit(code);
    }

    private static int run(Log log, String... args) {
        try {
            if (args.length != 1) {
                throw new IllegalArgumentException("expected one argument, the settings file");
            }
            new SupervisorProcess(SupervisorSettings.read(Path.of(args[0])), log).run();
            return 0;
        } catch (IllegalArgumentException usage) {
            System.err.println("supervisor: " + usage.getMessage());
            return USAGE;
        } catch (SupervisorProcess.SupervisorRunsAlready running) {
            System.err.println("supervisor: " + running.getMessage());
            return RUNS_ALREADY;
        } catch (IOException | InterruptedException unexpected) {
            unexpected.printStackTrace();
            return UNEXPECTED;
        }
    }
}
