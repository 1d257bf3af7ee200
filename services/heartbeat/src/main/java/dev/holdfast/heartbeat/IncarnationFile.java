package dev.holdfast.heartbeat;

import dev.holdfast.core.agent.IncarnationRule.Filed;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.guard.machine.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/** Where a machine files its newest incarnation before that one's first beat (rule R1). */
public final class IncarnationFile {

    private final Path file;

    /**
     * @param machineFolder the node's folder {@code machine}
     */
    public IncarnationFile(Path machineFolder) {
        this.file = machineFolder.resolve("incarnation");
    }

    /**
     * What was filed last; empty if nothing ever was.
     *
     * @throws IOException if the file cannot be read or is damaged: that is not the same as missing
     */
    public Optional<Filed> read() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties fields = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            fields.load(in);
        }
        String bootId = fields.getProperty("bootId");
        String incarnation = fields.getProperty("incarnation");
        try {
            if (bootId == null || incarnation == null) {
                throw new IllegalArgumentException("bootId or incarnation is missing");
            }
            return Optional.of(new Filed(bootId, Incarnation.parse(incarnation)));
        } catch (IllegalArgumentException damaged) {
            throw new IOException(file + " is damaged: " + damaged.getMessage(), damaged);
        }
    }

    /** Files it durably. */
    public void write(Filed filed) throws IOException {
        DurableFile.replace(file, "bootId=" + filed.bootId() + "\nincarnation=" + filed.incarnation() + "\n");
    }
}
