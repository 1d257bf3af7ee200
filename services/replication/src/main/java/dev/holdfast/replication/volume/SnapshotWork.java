package dev.holdfast.replication.volume;

import dev.holdfast.core.message.Snapshot;
import dev.holdfast.replication.volume.SnapshotOutcome.Dropped;
import dev.holdfast.replication.volume.SnapshotOutcome.Reason;
import dev.holdfast.replication.volume.SnapshotOutcome.Taken;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Takes one snapshot.
 *
 * <p>What keeps the pause short: before it, the running guest's files are compared with the last snapshot and, where
 * much differs, a draft is made from what was read (torn, and never more than a draft). In the pause only files whose
 * timestamps moved since are compared again, with the draft, and only blocks that differ are copied. Hashing, linking
 * and syncing come after it. On a file system with reflinks changed files are cloned in the pause and compared after.
 *
 * <p>Timestamps are trusted under two conditions. The file was synced before they were read: then a later write
 * through a memory map must fault and moves them. And they were not fresh then ({@link LiveFile#quietAt}).
 */
final class SnapshotWork {

    /** More than this to copy in the pause is worth a draft and another look. */
    private static final long WORTH_A_DRAFT = 4L * 1024 * 1024;

    private static final int MOST_DRAFTS = 3;

    private final VolumeLayout layout;
    private final SnapshotRequest request;
    private final Reference base;
    private final boolean reflink;
    private final Steps steps;
    private final Path work;
    private final List<Path> unsynced = new ArrayList<>();
    private Reference reference;
    private Map<String, LiveFile> known;
    private Map<String, LiveFile> quiet = Map.of();
    private Duration paused = Duration.ZERO;

    /**
     * @param base the newest snapshot here, to build on
     * @param known live files as they were when the base was taken, quiet then; empty if nobody remembers
     */
    SnapshotWork(
            VolumeLayout layout,
            SnapshotRequest request,
            Optional<Stored> base,
            Map<String, LiveFile> known,
            boolean reflink,
            Steps steps) {
        this.layout = layout;
        this.request = request;
        this.base = base.map(Reference::of).orElse(Reference.NOTHING);
        this.reference = this.base;
        this.known = known;
        this.reflink = reflink;
        this.steps = steps;
        this.work = layout.partial("snapshot");
    }

    SnapshotOutcome take() {
        try (Workers workers = Workers.computing()) {
            Durable.deleteTree(work);
            Durable.createDirectory(work);
            draft(workers);
            return takeDrafted(workers);
        } catch (PauseTooLong e) {
            return dropped(Reason.PAUSE_TOO_LONG, e);
        } catch (PauseFailed e) {
            return dropped(e.reason(), e);
        } catch (InvalidManifest e) {
            return dropped(Reason.UNSUITABLE, e);
        } catch (IOException e) {
            return dropped(Failure.isNoSpace(e, layout.folder()) ? Reason.NO_SPACE : Reason.IO, e);
        } finally {
            deleteWork();
        }
    }

    /** After a snapshot was taken: the live files that are as in it, for the next one. */
    Map<String, LiveFile> known() {
        return known;
    }

    private Dropped dropped(Reason reason, IOException cause) {
        return new Dropped(reason, paused, Failure.describe(cause));
    }

    private void deleteWork() {
        try {
            Durable.deleteTree(work);
        } catch (IOException e) {
            // The next snapshot deletes it first, and fails with the reason if it cannot.
        }
    }

    private void draft(Workers workers) throws IOException {
        LiveTree tree = syncedTree();
        for (int draft = 1; draft <= MOST_DRAFTS && !reflink; draft++) {
            try (FileChannel scratch = scratch("scratch-" + draft)) {
                Capture capture = new Comparison(layout.live()::resolve, reference, scratch, PauseLimit.none())
                        .capture(tree, known, workers);
                if (capture.changedBytes() <= WORTH_A_DRAFT) {
                    known = capture.unchanged(quiet);
                    return;
                }
                PartTree drafted = new PartTree(work.resolve("draft-" + draft));
                Manifest manifest = manifest(Duration.ZERO, capture.entries(reference));
                build(drafted, manifest, capture);
                reference = new Reference(drafted, manifest.filesByPath());
                known = capture.stable(quiet);
            }
            tree = syncedTree();
        }
    }

    /** The live tree, with every file that is not known synced before it was described; notes the quiet ones. */
    private LiveTree syncedTree() throws IOException {
        LiveTree tree = LiveTree.read(layout.live(), PauseLimit.none());
        quiet = new ConcurrentHashMap<>();
        Map<String, LiveFile> files = new ConcurrentHashMap<>();
        List<Callable<Void>> syncs = new ArrayList<>();
        for (LiveFile file : tree.files().values()) {
            if (file.equals(known.get(file.path()))) {
                quiet.put(file.path(), file);
                files.put(file.path(), file);
            } else {
                syncs.add(() -> describeSynced(file.path(), files));
            }
        }
        try (Workers workers = Workers.waiting()) {
            workers.run(syncs);
        }
        tree.files().keySet().retainAll(files.keySet());
        tree.files().replaceAll((path, file) -> files.get(path));
        return tree;
    }

    private Void describeSynced(String path, Map<String, LiveFile> files) throws IOException {
        Path live = layout.live().resolve(path);
        try {
            Instant before = Instant.now();
            Durable.sync(live);
            LiveFile file = LiveFile.describe(path, LiveFile.attributes(live));
            files.put(path, file);
            if (file.quietAt(before)) {
                quiet.put(path, file);
            }
        } catch (NoSuchFileException vanished) {
            // A running guest deletes files; the pause has the last word.
        }
        return null;
    }

    private SnapshotOutcome takeDrafted(Workers workers) throws IOException {
        try (FileChannel scratch = scratch("scratch")) {
            // Read before the guest stands still: what it wrote until then is in the snapshot, perhaps a little more.
            Duration takenAt = request.witnessClock().get();
            Capture capture = capture(scratch, workers);
            steps.reached(Steps.Step.GUEST_RESUMED);
            List<Entry> entries = capture.entries(reference);
            EntryRules.check(entries);
            Manifest manifest = manifest(takenAt, entries);
            Path complete = Durable.createDirectory(work.resolve("complete"));
            build(new PartTree(complete.resolve("tree")), manifest, capture);
            Stored.complete(complete, layout.snapshots(), manifest, steps);
            known = stillQuiet(capture.tree());
            return new Taken(manifest.summary(), paused, OptionalLong.of(new MissingBlocks(base, manifest).bytes()));
        }
    }

    private Capture capture(FileChannel scratch, Workers workers) throws IOException {
        PausedCapture capture =
                new PausedCapture(layout.live(), work.resolve("clones"), reference, known, workers, steps);
        try {
            Capture captured = reflink
                    ? capture.cloneThenCompare(request.pause(), request.maxPause(), scratch)
                    : capture.compare(request.pause(), request.maxPause(), scratch);
            if (!captured.unstable().isEmpty()) {
                throw new PauseFailed(
                        Reason.PAUSE_BROKEN, captured.unstable() + " changed while the guest should have stood still");
            }
            return captured;
        } finally {
            paused = capture.paused();
        }
    }

    private Manifest manifest(Duration takenAt, List<Entry> entries) {
        long epoch = request.epoch();
        long sequence = request.sequence();
        String id = SnapshotName.derive(request.guest(), epoch, sequence, entries);
        Snapshot snapshot =
                new Snapshot(id, epoch, sequence, takenAt, request.owner(), request.ownerIncarnation());
        return new Manifest(request.guest(), snapshot, entries);
    }

    private void build(PartTree target, Manifest manifest, Capture capture) throws IOException {
        TreeBuilder builder = new TreeBuilder(target, reference, capture, steps);
        builder.build(manifest.files());
        boolean draft = target.root().getParent().equals(work);
        if (draft) {
            unsynced.addAll(builder.written());
        } else {
            // Parts of drafts live on in the snapshot as links, so they are synced with it.
            Durable.syncAll(unsynced);
            builder.sync();
        }
    }

    private Map<String, LiveFile> stillQuiet(LiveTree paused) {
        Map<String, LiveFile> still = new HashMap<>(quiet);
        still.values().removeIf(file -> !file.equals(paused.files().get(file.path())));
        return still;
    }

    private FileChannel scratch(String name) throws IOException {
        return FileChannel.open(
                work.resolve(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }
}
