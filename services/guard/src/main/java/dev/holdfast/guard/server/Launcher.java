package dev.holdfast.guard.server;

import dev.holdfast.guard.process.ChildWatch;
import dev.holdfast.guard.process.Markers;
import dev.holdfast.guard.process.ParentBound;
import dev.holdfast.guard.process.ProcessIdentity;
import dev.holdfast.guard.protocol.Exit;
import dev.holdfast.guard.protocol.StartOrder;
import java.io.File;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;

/**
 * Starts guests, all from one thread that lives as long as the guard: the parent-death signal is bound to it. It is
 * not the deciding thread, because a start may hang on a file system and an expiry must not wait for that.
 */
final class Launcher {

    private final String node;
    private final String machine;
    private final ParentBound bound;
    private final ChildWatch children;
    private final BlockingQueue<Launch> launches = new LinkedBlockingQueue<>();

    Launcher(String node, String machine, ParentBound bound, ChildWatch children) {
        this.node = node;
        this.machine = machine;
        this.bound = bound;
        this.children = children;
    }

    void start() {
        Thread.ofPlatform().name("launcher").start(this::run);
    }

    /** Starts the guest unless {@code permitted} has become false by the time it is its turn. */
    void launch(StartOrder order, Predicate<StartOrder> permitted, Outcome outcome) {
        launches.add(new Launch(order, permitted, outcome));
    }

    private void run() {
        try {
            while (true) {
                launch(launches.take());
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private void launch(Launch launch) {
        if (!launch.permitted().test(launch.order())) {
            launch.outcome().failed("the guard expired or was told to end before it could start");
            return;
        }
        children.launching();
        Process process;
        try {
            process = builder(launch.order()).start();
        } catch (IOException | IllegalArgumentException cannot) {
            children.launchFailed();
            launch.outcome().failed(cannot.getMessage());
            return;
        }
        int pid = (int) process.pid();
        // It cannot have been reaped by another than the JVM, so the pid is still its own unless it ended at once.
        ProcessIdentity identity = ProcessIdentity.of(pid).orElse(new ProcessIdentity(pid, 0));
        children.launched(pid);
        launch.outcome().started(identity);
        Thread.ofPlatform()
                .name("guest-" + launch.order().guest())
                .daemon()
                .start(() -> awaitEnd(process, launch.outcome()));
    }

    private void awaitEnd(Process process, Outcome outcome) {
        try {
            int status = process.waitFor();
            children.ended((int) process.pid());
            outcome.ended(Exit.ofShellStatus(status));
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private ProcessBuilder builder(StartOrder order) {
        ProcessBuilder builder = new ProcessBuilder(bound.wrap(order.command()))
                .directory(order.directory().toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(order.log().toFile()));
        Map<String, String> environment = builder.environment();
        environment.putAll(order.environment());
        environment.put(Markers.GUEST, order.guest());
        environment.put(Markers.NODE, node);
        environment.put(Markers.MACHINE, machine);
        environment.put(Markers.EPOCH, Long.toString(order.epoch()));
        environment.put(Markers.INCARNATION, order.incarnation().toString());
        return builder;
    }

    /** Told on the launcher's threads. */
    interface Outcome {

        void started(ProcessIdentity process);

        void failed(String why);

        void ended(Exit exit);
    }

    private record Launch(StartOrder order, Predicate<StartOrder> permitted, Outcome outcome) {}
}
