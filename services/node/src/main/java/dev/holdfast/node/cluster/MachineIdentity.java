package dev.holdfast.node.cluster;

import dev.holdfast.guard.machine.DurableFile;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.UUID;

/**
 * The virtual machine a node runs on (rule R1): several nodes share one host, and each must look like a machine of its own.
 *
 * <p>Stored as {@code key=value} lines so that the guard can read it without a YAML library.
 *
 * @param machineId   stays for ever: the node is bound to it
 * @param bootId      only ever compared for equality; changes with every (virtual) power-on
 * @param bootCounter highest boot counter this machine has used; 0 before the first beat
 */
public record MachineIdentity(UUID machineId, UUID bootId, long bootCounter) {
    /** @throws InvalidConfig naming the first field that breaks its rule */
    public MachineIdentity {
        InvalidConfig.require(machineId != null, "machineId", null, "must be a UUID");
        InvalidConfig.require(bootId != null, "bootId", null, "must be a UUID");
        InvalidConfig.require(bootCounter >= 0, "bootCounter", bootCounter, "must not be negative");
    }

    /** A machine that has never been switched on. */
    public static MachineIdentity fresh() {
        return new MachineIdentity(UUID.randomUUID(), UUID.randomUUID(), 0);
    }

    /** The machine after a power cycle. The counter is raised by whoever beats, once the log was read. */
    public MachineIdentity afterPowerCycle() {
        return new MachineIdentity(machineId, UUID.randomUUID(), bootCounter);
    }

    /** @throws InvalidConfig if a field is missing or malformed */
    public static MachineIdentity read(Path file) throws IOException {
        Properties fields = new Properties();
        fields.load(new StringReader(Files.readString(file)));
        try {
            return new MachineIdentity(uuid(fields, "machineId"), uuid(fields, "bootId"), counter(fields));
        } catch (InvalidConfig invalid) {
            throw new InvalidConfig(file.toString(), invalid);
        }
    }

    /** Writes durably: an identity that a power loss could take back would be worth nothing. */
    public void write(Path file) throws IOException {
        DurableFile.replace(file,
                "machineId=" + machineId + "\nbootId=" + bootId + "\nbootCounter=" + bootCounter + "\n");
    }

    private static UUID uuid(Properties fields, String field) {
        String value = fields.getProperty(field);
        InvalidConfig.require(value != null, field, null, "must be a UUID");
        try {
            return UUID.fromString(value);
        } catch (IllegalArgumentException malformed) {
            throw new InvalidConfig(field, value, "must be a UUID");
        }
    }

    private static long counter(Properties fields) {
        String value = fields.getProperty("bootCounter");
        InvalidConfig.require(value != null && value.matches("\\d{1,18}"), "bootCounter", value,
                "must be a whole number, 0 or more");
        return Long.parseLong(value);
    }
}
