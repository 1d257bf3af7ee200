package dev.holdfast.node.service;

import dev.holdfast.core.guest.VolumeKind;
import dev.holdfast.node.cluster.NodeConfig;
import dev.holdfast.node.cluster.NodeFolder;
import dev.holdfast.recovery.GuestVolumes;
import dev.holdfast.replication.volume.DirectoryDriver;
import dev.holdfast.replication.volume.VolumeDriver;
import dev.holdfast.replication.zfs.ZfsDriver;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Where this node keeps the volumes of guests: for its replication, and for starts. */
@Singleton
final class Storage implements GuestVolumes {

    private final VolumeDriver driver;
    private final VolumeKind kept;

    /** @throws IOException if it cannot be opened: then this node must not beat, as it could neither run nor receive */
    Storage(NodeConfig config, NodeFolder folder) throws IOException {
        Optional<String> dataset = config.cluster().datasetOf(config.node());
        kept = dataset.isPresent()
                ? VolumeKind.ZFS
                : VolumeKind.DIRECTORY;
        driver = dataset.isPresent()
                ? ZfsDriver.open(new ZfsDriver.Config(dataset.get(), folder.volumes(), config.node()))
                : DirectoryDriver.open(folder.volumes());
    }

    VolumeDriver driver() {
        return driver;
    }

    @Override
    public VolumeKind kept() {
        return kept;
    }

    @Override
    public Path live(String guest) {
        return driver.livePath(guest);
    }

    @Override
    public Optional<Problem> missing(String guest) throws IOException {
        return driver.hasLive(guest)
                ? driver.whyUnusable(guest).map(reason -> new Problem(reason, false))
                : Optional.of(new Problem("there is no live volume at " + live(guest), driver.isUntouched(guest)));
    }

    @Override
    public Optional<Problem> create(String guest) throws IOException {
        driver.create(guest);
        Optional<Problem> unusable = driver.whyUnusable(guest).map(reason -> new Problem(reason, false));
        return unusable.isPresent() || isEmpty(live(guest))
                ? unusable
                : Optional.of(new Problem("the volume of the new guest is not empty: " + live(guest), false));
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> content = Files.list(folder)) {
            return content.findAny().isEmpty();
        }
    }
}
