package dev.holdfast.replication.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A snapshot in its directory.
 *
 * @param folder the directory, under its own name
 */
record Stored(Path folder, Manifest manifest) {

    static final String MANIFEST = "manifest";

    PartTree tree() {
        return new PartTree(folder.resolve("tree"));
    }

    /** @throws IOException if there is no manifest or it is damaged */
    static Stored open(Path folder) throws IOException {
        Path manifest = folder.resolve(MANIFEST);
        if (Files.size(manifest) > ManifestFormat.MAX_BYTES) {
            throw new InvalidManifest("manifest " + manifest + ": larger than " + ManifestFormat.MAX_BYTES + " bytes");
        }
        Stored stored = new Stored(folder, ManifestFormat.decode(Files.readAllBytes(manifest)));
        if (!stored.manifest.snapshot().id().equals(folder.getFileName().toString())) {
            throw new InvalidManifest("manifest " + manifest + ": it belongs to "
                    + stored.manifest.snapshot().id());
        }
        return stored;
    }

    /** The last steps that make a built tree a snapshot: manifest, sync, rename, sync. */
    static Stored complete(Path working, Path home, Manifest manifest, Steps steps) throws IOException {
        Path file = working.resolve(MANIFEST);
        Durable.write(file, ByteBuffer.wrap(ManifestFormat.encode(manifest)));
        Durable.sync(file);
        Durable.sync(working);
        steps.reached(Steps.Step.MANIFEST_SYNCED);
        Path folder = Durable.createDirectory(home).resolve(manifest.snapshot().id());
        Durable.rename(working, folder);
        steps.reached(Steps.Step.SNAPSHOT_RENAMED);
        return new Stored(folder, manifest);
    }
}
