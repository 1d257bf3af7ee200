package dev.holdfast.replication.volume;

import dev.holdfast.replication.volume.IncrementFormat.Head;
import dev.holdfast.replication.volume.ReceiveOutcome.Failed;
import dev.holdfast.replication.volume.ReceiveOutcome.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/** Receives one increment into a directory of its own, which becomes a replica by its last step. */
final class ReceiveWork {

    private final VolumeLayout layout;
    private final GuestVolume volume;
    private final InputStream stream;
    private final Steps steps;
    private final Path work;

    ReceiveWork(GuestVolume volume, InputStream stream, Steps steps) {
        this.layout = volume.layout;
        this.volume = volume;
        this.stream = stream;
        this.steps = steps;
        this.work = layout.partial("receive");
    }

    ReceiveOutcome receive() {
        try {
            Durable.deleteTree(work);
            steps.reached(Steps.Step.RECEIVE_STARTED);
            return receive(IncrementFormat.readHead(stream));
        } catch (StreamFailed e) {
            return new Failed(Reason.CUT, Failure.describe(e));
        } catch (InvalidManifest | WrongContent e) {
            return new Failed(Reason.INVALID, Failure.describe(e));
        } catch (IOException e) {
            return new Failed(
                    Failure.isNoSpace(e, layout.folder()) ? Reason.NO_SPACE : Reason.IO, Failure.describe(e));
        } finally {
            deleteWork();
        }
    }

    private ReceiveOutcome receive(Head head) throws IOException {
        Manifest manifest = head.manifest();
        if (!manifest.guest().equals(layout.guest())) {
            return new Failed(Reason.INVALID, "the stream is of guest '" + manifest.guest() + "'");
        }
        Optional<Stored> present = volume.store.find(manifest.snapshot().id());
        if (present.isPresent()) {
            return new ReceiveOutcome.Stored(present.get().manifest().summary(), 0);
        }
        if (head.base().isEmpty()) {
            return receive(manifest, Reference.NOTHING);
        }
        String base = head.base().get();
        Optional<Stored> stored = volume.use(base);
        if (stored.isEmpty()) {
            return new Failed(Reason.NO_BASE, "snapshot " + base + " is not here");
        }
        try {
            return receive(manifest, Reference.of(stored.get()));
        } finally {
            volume.release(base);
        }
    }

    private ReceiveOutcome receive(Manifest manifest, Reference base) throws IOException {
        long bytes = new MissingBlocks(base, manifest).bytes();
        Durable.createDirectory(work);
        Failure.requireRoom(work, bytes);
        steps.reached(Steps.Step.MANIFEST_READ);
        BlockSource blocks = (file, block, into) ->
                IncrementFormat.readBlock(stream, Blocks.length(file.size(), block), into);
        TreeBuilder builder = new TreeBuilder(new PartTree(work.resolve("tree")), base, blocks, steps);
        builder.build(manifest.files());
        IncrementFormat.expectEnd(stream);
        builder.sync();
        Stored.complete(work, layout.replicas(), manifest, steps);
        return new ReceiveOutcome.Stored(manifest.summary(), bytes);
    }

    private void deleteWork() {
        try {
            Durable.deleteTree(work);
        } catch (IOException e) {
            // The next receive deletes it first, and fails with the reason if it cannot.
        }
    }
}
