package dev.holdfast.replication.volume;

import dev.holdfast.core.node.Incarnation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** One node's storage in a test: its driver, its floors, and short forms of what tests do all the time. */
public final class Store {

    public static final String GUEST = "db";
    public static final Incarnation LIFE = new Incarnation(1, 1);

    public final Path folder;
    public final VolumeDriver driver;
    public final ReplicaFloors floors;
    private final String node;

    private Store(Path folder, VolumeDriver driver) throws IOException {
        this.folder = folder;
        this.node = folder.getFileName().toString();
        this.driver = driver;
        this.floors = ReplicaFloors.open(folder.resolve("floors"));
    }

    public static Store open(Path folder) throws IOException {
        return open(folder, Steps.NONE);
    }

    public static Store open(Path folder, Steps steps) throws IOException {
        Files.createDirectories(folder);
        return new Store(folder, DirectoryDriver.open(folder.resolve("volumes"), steps));
    }

    /** @param folder for the floors; its name is the node's */
    public static Store of(Path folder, VolumeDriver driver) throws IOException {
        Files.createDirectories(folder);
        return new Store(folder, driver);
    }

    public Path live() {
        return driver.livePath(GUEST);
    }

    public Path guestFolder() {
        return live().getParent();
    }

    public SnapshotRequest request(long epoch, long sequence, Pause pause) {
        return new SnapshotRequest(
                GUEST, epoch, sequence, node, LIFE, () -> Duration.ofSeconds(sequence), pause, Duration.ofSeconds(30));
    }

    public SnapshotOutcome trySnapshot(long epoch, long sequence) {
        return driver.snapshot(request(epoch, sequence, Pause.NOT_RUNNING));
    }

    public StoredSnapshot snapshot(long epoch, long sequence) {
        return switch (trySnapshot(epoch, sequence)) {
            case SnapshotOutcome.Taken taken -> taken.snapshot();
            case SnapshotOutcome.Dropped dropped -> throw new AssertionError(dropped);
        };
    }

    public byte[] stream(Optional<String> base, String snapshot) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Increment increment = driver.increment(GUEST, base, snapshot)) {
            increment.writeTo(bytes);
            if (increment.length().orElse(bytes.size()) != bytes.size()) {
                throw new AssertionError("announced " + increment.length() + " bytes, wrote " + bytes.size());
            }
        }
        return bytes.toByteArray();
    }

    public ReceiveOutcome receive(byte[] stream) {
        return driver.receive(GUEST, new ByteArrayInputStream(stream));
    }

    public StoredSnapshot receiveWhole(byte[] stream) {
        return switch (receive(stream)) {
            case ReceiveOutcome.Stored stored -> stored.snapshot();
            case ReceiveOutcome.Failed failed -> throw new AssertionError(failed);
        };
    }

    public Promotion.Outcome promote(long epoch) {
        return promotion(Steps.NONE).run(new Promotion.Command(GUEST, epoch, LIFE, Optional.empty()));
    }

    public Promotion promotion(Steps steps) {
        return new Promotion(driver, LIFE, floors, (guest, within) -> true, guest -> Optional.empty(), steps);
    }

    public Supersession supersession(Steps steps) {
        return new Supersession(driver, LIFE, floors, (guest, within) -> true, guest -> Optional.empty(), steps);
    }
}
