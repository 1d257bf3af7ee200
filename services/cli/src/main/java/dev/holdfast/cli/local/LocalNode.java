package dev.holdfast.cli.local;

import dev.holdfast.cli.Failure;
import dev.holdfast.cli.local.NodeProcess.Role;
import dev.holdfast.guard.process.NativeCalls;
import dev.holdfast.guard.supervisor.SupervisorSettings;
import dev.holdfast.node.cluster.NodeFolder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** One node of a cluster on this host: its virtual machine, its processes, its folder. */
public final class LocalNode {

    private final String name;
    private final NodeFolder folder;
    private final SupervisorLaunch launch;
    private final VirtualMachine machine;

    LocalNode(String name, NodeFolder folder, SupervisorLaunch launch) {
        this.name = name;
        this.folder = folder;
        this.launch = launch;
        this.machine = new VirtualMachine(folder);
    }

    public String name() {
        return name;
    }

    public NodeFolder folder() {
        return folder;
    }

    /** Every live process of it, supervisor first; empty for a node that is down. */
    public List<NodeProcess> processes() {
        return census().take();
    }

    /** Whether its supervisor runs: the machine is on, whatever state the services are in. */
    public boolean isOn() {
        return ProcessFiles.alive(folder.run().resolve("supervisor.pid")).isPresent();
    }

    /**
     * Switches it on; returns once the supervisor runs, long before the node has joined.
     *
     * @return false if it was on already
     */
    boolean start() {
        if (isOn()) {
            return false;
        }
        try {
            launch.start(folder, prepare());
        } catch (IOException failed) {
            throw Failure.failed("node " + name + " cannot be started: " + failed.getMessage(), failed);
        }
        return true;
    }

    /**
     * Switches its machine on and says what its supervisor is to run; to be called right before that, when no supervisor
     * of it runs.
     */
    SupervisorSettings prepare() throws IOException {
        // Without a supervisor these are leftovers of an earlier life. A new one must not share its data with them.
        if (!processes().isEmpty()) {
            PowerPull.pull(List.of(name), List.of(census()));
        }
        machine.switchOn();
        return launch.settings(name, folder, machine.id());
    }

    /** Asks it to stop in an orderly way; returns at once. */
    void terminate() {
        ProcessFiles.alive(folder.run().resolve("supervisor.pid"))
                .ifPresent(supervisor -> NativeCalls.signal(supervisor, NativeCalls.SIGTERM));
    }

    /** Waits until no process of it is left. Returns whether that came true within the time. */
    boolean awaitEnd(Duration within) {
        return Waiting.until(() -> processes().isEmpty(), within);
    }

    void markPowerLost() {
        try {
            machine.markPowerLost();
        } catch (IOException failed) {
            throw Failure.failed("node " + name + ": the loss of power cannot be noted: " + failed.getMessage(), failed);
        }
    }

    Census census() {
        try {
            return new Census(name, folder.run(), machine.id());
        } catch (IOException | IllegalArgumentException unreadable) {
            throw Failure.failed("node " + name + " has no readable machine identity: " + unreadable.getMessage(),
                    unreadable);
        }
    }

    /** The process of that role; null if it does not run. */
    public NodeProcess process(Role role) {
        return processes().stream().filter(process -> process.role() == role).findFirst().orElse(null);
    }
}
