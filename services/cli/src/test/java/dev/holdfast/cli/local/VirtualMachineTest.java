package dev.holdfast.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.node.cluster.MachineIdentity;
import dev.holdfast.node.cluster.NodeFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VirtualMachineTest {

    private NodeFolder folder;
    private VirtualMachine machine;

    @BeforeEach
    void aMachineThatHasRunOnce(@TempDir Path root) throws IOException {
        folder = new NodeFolder(root);
        Files.createDirectories(folder.machine());
        MachineIdentity.fresh().write(folder.identity());
        machine = new VirtualMachine(folder);
        machine.switchOn();
    }

    @Test
    void processesThatEndAndComeBackStayInTheirBoot() throws IOException {
        MachineIdentity before = identity();

        assertThat(machine.switchOn()).isFalse();
        assertThat(identity()).isEqualTo(before);
    }

    @Test
    void aLossOfPowerIsANewBootOfTheSameMachineOnce() throws IOException {
        MachineIdentity before = identity();
        machine.markPowerLost();

        assertThat(machine.switchOn()).isTrue();
        assertThat(identity().bootId()).isNotEqualTo(before.bootId());
        assertThat(identity().machineId()).isEqualTo(before.machineId());
        assertThat(machine.switchOn()).isFalse();
    }

    @Test
    void aRestartOfTheHostIsALossOfPower() throws IOException {
        MachineIdentity before = identity();
        Files.writeString(folder.machine().resolve("host-boot"), "another boot of the host\n");

        assertThat(machine.switchOn()).isTrue();
        assertThat(identity().bootId()).isNotEqualTo(before.bootId());
    }

    private MachineIdentity identity() throws IOException {
        return MachineIdentity.read(folder.identity());
    }
}
