package dev.holdfast.node.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Notices that the parent process is gone: its end of our standard input is closed, or the kernel has given this process
 * another parent. The second also works when standard input is a file or /dev/null, whose end says nothing.
 */
public final class ParentWatch {
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private ParentWatch() {
    }

    /** @param onGone called from a thread of its own, possibly twice */
    public static void start(Runnable onGone) {
        Optional<ProcessHandle> parent = ProcessHandle.current().parent();
        Thread.ofPlatform().daemon().name("parent-watch").start(() -> awaitNewParent(parent, onGone));
        if (inputIsPipe()) {
            Thread.ofPlatform().daemon().name("input-watch").start(() -> awaitEndOfInput(onGone));
        }
    }

    private static void awaitNewParent(Optional<ProcessHandle> parent, Runnable onGone) {
        while (ProcessHandle.current().parent().equals(parent)) {
            try {
                Thread.sleep(INTERVAL);
            } catch (InterruptedException interrupted) {
                return;
            }
        }
        onGone.run();
    }

    private static void awaitEndOfInput(Runnable onGone) {
        byte[] ignored = new byte[256];
        try {
            while (System.in.read(ignored) >= 0) {
                // Nothing is ever asked this way.
            }
        } catch (IOException broken) {
            // As good as its end.
        }
        onGone.run();
    }

    private static boolean inputIsPipe() {
        try {
            String input = Files.readSymbolicLink(Path.of("/proc/self/fd/0")).toString();
            return input.startsWith("pipe:") || input.startsWith("socket:");
        } catch (IOException closed) {
            return false;
        }
    }
}
