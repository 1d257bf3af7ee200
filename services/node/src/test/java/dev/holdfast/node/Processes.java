package dev.holdfast.node;

import dev.holdfast.node.cluster.ClusterFolder;
import dev.holdfast.node.process.JavaProgram;
import dev.holdfast.node.process.LinksCommandLine;
import dev.holdfast.node.process.NodeCommandLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Real processes of a cluster under test: links and nodes, all of them killed at the end. */
public final class Processes implements AutoCloseable {
    private final ClusterFolder folder;
    private final List<Process> all = new ArrayList<>();

    public Processes(ClusterFolder folder) {
        this.folder = folder;
    }

    /** Starts the links and waits until they are ready. */
    public Process startLinks() throws IOException {
        Path log = folder.links().resolve("links.log");
        Process process = start(new LinksCommandLine(JavaProgram.ofThisProcess(), folder).arguments(), log);
        await("links ready in " + log, () -> contains(log, "links ready"));
        return process;
    }

    /** Starts a node without services and returns at once. */
    public Process startBroker(String name) throws IOException {
        List<String> command = new ArrayList<>(
                new NodeCommandLine(JavaProgram.ofThisProcess(), folder.node(name), Optional.empty()).prepare());
        command.set(command.indexOf(NodeMain.class.getName()), BrokerOnlyMain.class.getName());
        Files.deleteIfExists(output(name));
        return start(command, output(name));
    }

    public Path output(String node) {
        return folder.node(node).logs().resolve("node.out");
    }

    public void awaitReady(String node) {
        await("node " + node + " ready in " + output(node), () -> contains(output(node), "node " + node + " ready"));
    }

    private Process start(List<String> command, Path output) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile())).start();
        all.add(process);
        return process;
    }

    public static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(120).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("did not happen within two minutes: " + what);
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        }
    }

    public static boolean contains(Path file, String text) {
        try {
            return Files.exists(file) && Files.readString(file).contains(text);
        } catch (IOException unreadable) {
            return false;
        }
    }

    @Override
    public void close() {
        all.forEach(Process::destroyForcibly);
        for (Process process : all) {
            process.onExit().join();
        }
    }
}
