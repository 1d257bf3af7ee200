package dev.holdfast.cli.local;

import dev.holdfast.guard.GuardMain;
import dev.holdfast.guard.SmallJvm;
import dev.holdfast.guard.SupervisorMain;
import dev.holdfast.guard.supervisor.SupervisorSettings;
import dev.holdfast.node.cluster.NodeFolder;
import dev.holdfast.node.process.JavaProgram;
import dev.holdfast.node.process.NodeCommandLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Starts a node's supervisor, which starts everything else of the node. */
final class SupervisorLaunch {

    /** Guests have ten seconds by default to end; a longer grace of a guest is cut short when the node must stop. */
    private static final Duration STOP_WAIT = Duration.ofSeconds(40);
    private final JavaProgram program;
    private final List<String> nodeOptions;

    /**
     * @param nodeOptions more options for the node's JVM; later ones win
     */
    SupervisorLaunch(JavaProgram program, List<String> nodeOptions) {
        this.program = program;
        this.nodeOptions = nodeOptions;
    }

    /** What it is to run, from the node's present configuration. */
    SupervisorSettings settings(String name, NodeFolder folder, String machineId) throws IOException {
        List<String> node = new ArrayList<>(new NodeCommandLine(program, folder, Optional.empty()).prepare());
        node.addAll(node.indexOf("-cp"), nodeOptions);
        List<String> guard = small(GuardMain.class, "--name", name, "--machine", machineId, "--run", folder.run().toString());
        Files.createDirectories(folder.run());
        Files.createDirectories(folder.logs());
        return new SupervisorSettings(machineId, folder.run(), folder.logs(), STOP_WAIT, guard, node);
    }

    /** Starts it detached and writes its pid file. */
    void start(NodeFolder folder, SupervisorSettings settings) throws IOException {
        Path file = folder.run().resolve("supervisor.settings");
        settings.write(file);
        Detached.start(
                small(SupervisorMain.class, file.toString()),
                folder.root(),
                folder.logs().resolve("supervisor.log"),
                folder.run().resolve("supervisor.pid"));
    }

    private List<String> small(Class<?> main, String... arguments) {
        Path javaHome = program.java().getParent().getParent();
        return SmallJvm.command(javaHome, program.classPath(), main, List.of(arguments));
    }
}
