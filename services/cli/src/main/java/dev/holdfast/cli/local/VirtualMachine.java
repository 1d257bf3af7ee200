package dev.holdfast.cli.local;

import dev.holdfast.node.cluster.MachineIdentity;
import dev.holdfast.node.cluster.NodeFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether a node's virtual machine has been without power since it last ran (rule R1). Only then does it get a new boot
 * id; a node whose processes merely end and come back stays in its boot.
 *
 * <p>The mark is set before a pull, so that a pull that is itself interrupted still counts. A boot id too many does no
 * harm: it only ends what an old boot may have been running, and that is dead.
 */
final class VirtualMachine {

    private static final Path HOST_BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    private final NodeFolder folder;

    VirtualMachine(NodeFolder folder) {
        this.folder = folder;
    }

    String id() throws IOException {
        return MachineIdentity.read(folder.identity()).machineId().toString();
    }

    /** The next {@link #switchOn()} is a new boot. */
    void markPowerLost() throws IOException {
        Files.writeString(powerLost(), "");
    }

    /**
     * To be called right before the node's processes are started, and only when none of them is alive.
     *
     * @return whether this is a new boot
     */
    boolean switchOn() throws IOException {
        String host = Files.readString(HOST_BOOT).strip();
        boolean hostWasRestarted = Files.exists(hostBoot()) && !Files.readString(hostBoot()).strip().equals(host);
        boolean newBoot = Files.exists(powerLost()) || hostWasRestarted;
        if (newBoot) {
            MachineIdentity.read(folder.identity()).afterPowerCycle().write(folder.identity());
        }
        Files.writeString(hostBoot(), host + "\n");
        Files.deleteIfExists(powerLost());
        return newBoot;
    }

    private Path powerLost() {
        return folder.machine().resolve("power-lost");
    }

    /** Boot id of the real machine when the node was last switched on: with the host, its nodes lose their power. */
    private Path hostBoot() {
        return folder.machine().resolve("host-boot");
    }
}
