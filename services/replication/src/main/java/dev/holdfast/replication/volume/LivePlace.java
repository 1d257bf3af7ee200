package dev.holdfast.replication.volume;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The one live volume of a guest: made, replaced, put aside. Always by renames of whole directories. */
final class LivePlace {

    private final VolumeLayout layout;
    private final SnapshotStore store;
    private final Steps steps;

    LivePlace(VolumeLayout layout, SnapshotStore store, Steps steps) {
        this.layout = layout;
        this.store = store;
        this.steps = steps;
    }

    void create() throws IOException {
        Durable.createDirectory(layout.folder());
        if (!Files.isDirectory(layout.live())) {
            Files.deleteIfExists(layout.origin());
            Durable.createDirectory(layout.live());
        }
    }

    /** Makes a clone beside live. It is complete when it has its own name. */
    void prepare(String snapshot) throws IOException {
        if (Files.isDirectory(layout.prepared().resolve(snapshot))) {
            return;
        }
        Stored stored = stored(snapshot);
        discardPrepared();
        Path working = layout.partial("clone");
        Durable.deleteTree(working);
        Durable.createDirectory(layout.partial());
        Clone.make(stored, working);
        steps.reached(Steps.Step.CLONE_SYNCED);
        Durable.rename(working, Durable.createDirectory(layout.prepared()).resolve(snapshot));
    }

    void discardPrepared() throws IOException {
        Durable.deleteTree(layout.prepared());
    }

    void promote(LiveOrigin origin) throws IOException {
        if (origin().equals(Optional.of(origin))) {
            return;
        }
        if (Files.exists(layout.live(), NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(layout.live().toString(), null, "another live volume is in place");
        }
        prepare(origin.snapshot());
        Path clone = layout.prepared().resolve(origin.snapshot());
        Durable.replace(layout.origin(), origin.encode(identity(clone)).getBytes(StandardCharsets.UTF_8));
        steps.reached(Steps.Step.ORIGIN_FILED);
        Durable.rename(clone, layout.live());
        steps.reached(Steps.Step.LIVE_RENAMED);
    }

    /** The filed origin, if it speaks of the directory that is live now. */
    Optional<LiveOrigin> origin() throws IOException {
        try {
            String text = Files.readString(layout.origin());
            boolean ofThisLive =
                    Files.isDirectory(layout.live()) && LiveOrigin.directoryIn(text).equals(identity(layout.live()));
            return ofThisLive ? Optional.of(LiveOrigin.decode(text)) : Optional.empty();
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IllegalArgumentException damaged) {
            throw new IOException(layout.origin() + ": " + damaged.getMessage(), damaged);
        }
    }

    Divergence divergence(String snapshot) throws IOException {
        LiveTree live = LiveTree.read(layout.live(), PauseLimit.none());
        Optional<Stored> stored = store.find(snapshot);
        if (stored.isEmpty()) {
            long bytes = live.files().values().stream().mapToLong(LiveFile::size).sum();
            return new Divergence(Optional.empty(), bytes, false);
        }
        return new LiveAgainstSnapshot(layout, stored.get()).compare(live);
    }

    Aside setAside(String name, Divergence divergence) throws IOException {
        if (!Files.isDirectory(layout.live(), NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(layout.live().toString(), null, "there is no live volume");
        }
        Aside aside = new AsideShelf(layout).add(name, divergence);
        steps.reached(Steps.Step.LIVE_ASIDE);
        return aside;
    }

    boolean dropHeldBy(String snapshot) throws IOException {
        if (!divergence(snapshot).same()) {
            return false;
        }
        Durable.createDirectory(layout.partial());
        Path trash = layout.partial("dropped-live");
        Durable.deleteTree(trash);
        Durable.rename(layout.live(), trash);
        steps.reached(Steps.Step.LIVE_DROPPED);
        Durable.deleteTree(trash);
        return true;
    }

    private Stored stored(String snapshot) throws IOException {
        return store.find(snapshot)
                .orElseThrow(() -> new NoSuchFileException(snapshot, null, "no complete snapshot of that id is here"));
    }

    /** A rename within one file system keeps the inode, and two directories that exist never share one. */
    private static String identity(Path directory) throws IOException {
        return Files.getAttribute(directory, "unix:ino", NOFOLLOW_LINKS).toString();
    }
}
