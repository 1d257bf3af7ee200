package dev.holdfast.cli.local;

import dev.holdfast.cli.Failure;
import dev.holdfast.node.cluster.NodeFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Binds a node to the machine it first ran on (rule R1): two machines with copies of one folder would each be the newer
 * incarnation of the other, and the guests of the one that came first be taken for dead.
 */
final class HostBinding {

    private final NodeFolder folder;
    private final Path hostId;

    HostBinding(NodeFolder folder) {
        this(folder, Path.of("/etc/machine-id"));
    }

    HostBinding(NodeFolder folder, Path hostId) {
        this.folder = folder;
        this.hostId = hostId;
    }

    /**
     * Remembers this machine, or checks that it is the one remembered. A machine without an id, as most containers are,
     * neither binds nor is refused: there the volume belongs to one machine.
     *
     * @throws Failure if the folder belongs to another machine
     */
    void hold() throws IOException {
        String own = read(hostId);
        String bound = read(file());
        if (!own.matches("[0-9a-f]{32}")) {
            return;
        }
        if (bound.isEmpty()) {
            Files.writeString(file(), own + "\n");
        } else if (!bound.equals(own)) {
            throw Failure.badInput(folder.root() + " belongs to the machine " + bound + ", and this is " + own
                    + ": a node must never run twice. If its disk was moved here for good, remove " + file());
        }
    }

    private Path file() {
        return folder.machine().resolve("host");
    }

    private static String read(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file).strip() : "";
    }
}
