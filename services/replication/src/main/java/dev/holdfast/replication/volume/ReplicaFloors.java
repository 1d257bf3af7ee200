package dev.holdfast.replication.volume;

import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.volume.ReplicaFloor;
import dev.holdfast.core.volume.VolumeRule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The replica floors of this node, one small file each. A floor is durable before anybody acts on it. Safe for use by
 * several threads.
 */
public final class ReplicaFloors {

    private final Path folder;

    private ReplicaFloors(Path folder) {
        this.folder = folder;
    }

    /**
     * @param folder made if needed; belongs to the machine, not to the volumes: it must survive them
     */
    public static ReplicaFloors open(Path folder) throws IOException {
        Files.createDirectories(folder);
        return new ReplicaFloors(Durable.createDirectory(folder.toRealPath()));
    }

    public synchronized Optional<ReplicaFloor> floor(String guest) throws IOException {
        VolumeName.require("guest", guest);
        Path file = folder.resolve(guest);
        try {
            return Optional.of(decode(Files.readString(file)));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (RuntimeException damaged) {
            // Going on without it could let an old owner in: a person has to look.
            throw new IOException("replica floor " + file + " is damaged: " + damaged.getMessage(), damaged);
        }
    }

    /**
     * Files the floor if the one in place admits it.
     *
     * @return the floor that forbids it; empty if it is admitted, and then it is durable
     */
    public synchronized Optional<ReplicaFloor> file(String guest, ReplicaFloor asked) throws IOException {
        Optional<ReplicaFloor> present = floor(guest);
        if (VolumeRule.forbids(present.orElse(null), asked)) {
            return present;
        }
        if (VolumeRule.raised(present.orElse(null), asked).equals(asked)) {
            Durable.replace(folder.resolve(guest), encode(asked).getBytes(StandardCharsets.UTF_8));
        }
        return Optional.empty();
    }

    private static String encode(ReplicaFloor floor) {
        return floor.epoch() + " " + floor.purpose() + " " + floor.incarnation() + "\n";
    }

    private static ReplicaFloor decode(String text) {
        String[] words = text.strip().split(" ");
        return new ReplicaFloor(
                Long.parseLong(words[0]), ReplicaFloor.Purpose.valueOf(words[1]), Incarnation.parse(words[2]));
    }
}
