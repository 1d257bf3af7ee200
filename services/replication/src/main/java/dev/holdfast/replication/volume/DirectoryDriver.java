package dev.holdfast.replication.volume;

import dev.holdfast.replication.volume.SnapshotOutcome.Dropped;
import dev.holdfast.replication.volume.SnapshotOutcome.Reason;
import dev.holdfast.replication.volume.SnapshotOutcome.Taken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.stream.Stream;

/** Volumes as plain directories, on any file system that has hard links. See the package description for the layout. */
public final class DirectoryDriver implements VolumeDriver {

    private final Path folder;
    private final boolean reflink;
    private final Steps steps;
    private final Map<String, GuestVolume> volumes = new ConcurrentHashMap<>();

    private DirectoryDriver(Path folder, boolean reflink, Steps steps) {
        this.folder = folder;
        this.reflink = reflink;
        this.steps = steps;
    }

    /**
     * Opens the folder, made if needed, and removes what an earlier process left incomplete. At most one driver per
     * folder.
     *
     * @param folder {@code D/<node>/volumes}
     * @throws IOException if the folder cannot be written
     */
    public static DirectoryDriver open(Path folder) throws IOException {
        return open(folder, Steps.NONE);
    }

    public static DirectoryDriver open(Path folder, Steps steps) throws IOException {
        Files.createDirectories(folder);
        DirectoryDriver driver = new DirectoryDriver(folder.toRealPath(), Reflink.isSupported(folder), steps);
        for (String guest : driver.guests()) {
            Durable.deleteTree(VolumeLayout.of(driver.folder, guest).partial());
        }
        return driver;
    }

    @Override
    public void create(String guest) throws IOException {
        live(guest).create();
    }

    @Override
    public List<String> guests() throws IOException {
        List<String> guests = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(folder, Files::isDirectory)) {
            for (Path guest : folders) {
                // A volume folder may be a mount of its own, with a lost+found in it.
                if (VolumeName.isValid(guest.getFileName().toString())) {
                    guests.add(guest.getFileName().toString());
                }
            }
        }
        guests.sort(null);
        return guests;
    }

    @Override
    public boolean hasLive(String guest) {
        return Files.isDirectory(volume(guest).layout.live());
    }

    @Override
    public boolean isUntouched(String guest) throws IOException {
        Path all = volume(guest).layout.folder();
        if (!Files.exists(all)) {
            return true;
        }
        try (Stream<Path> found = Files.walk(all)) {
            return found.allMatch(Files::isDirectory);
        }
    }

    @Override
    public Path livePath(String guest) {
        return volume(guest).layout.live();
    }

    @Override
    public SnapshotOutcome snapshot(SnapshotRequest request) {
        GuestVolume volume = volume(request.guest());
        volume.liveLock.lock();
        try {
            return snapshot(volume, request);
        } catch (IOException e) {
            return new Dropped(Reason.IO, Duration.ZERO, Failure.describe(e));
        } finally {
            volume.liveLock.unlock();
        }
    }

    private SnapshotOutcome snapshot(GuestVolume volume, SnapshotRequest request) throws IOException {
        if (!Files.isDirectory(volume.layout.live())) {
            return new Dropped(Reason.NO_VOLUME, Duration.ZERO, "there is no " + volume.layout.live());
        }
        Optional<StoredSnapshot> newest = volume.store.newest();
        if (newest.isPresent() && !isNewer(request, newest.get())) {
            return new Dropped(Reason.NOT_NEWER, Duration.ZERO, "there is a snapshot of " + newest.get().snapshot());
        }
        String base = newest.map(StoredSnapshot::id).orElse("");
        Optional<Stored> stored = volume.use(base);
        try {
            SnapshotWork work =
                    new SnapshotWork(volume.layout, request, stored, volume.known(base), reflink, steps);
            SnapshotOutcome outcome = work.take();
            if (outcome instanceof Taken taken) {
                volume.remember(taken.snapshot().id(), work.known());
            }
            return outcome;
        } finally {
            stored.ifPresent(used -> volume.release(base));
        }
    }

    private static boolean isNewer(SnapshotRequest request, StoredSnapshot newest) {
        long epoch = newest.snapshot().epoch();
        return request.epoch() > epoch
                || request.epoch() == epoch && request.sequence() > newest.snapshot().sequence();
    }

    @Override
    public List<StoredSnapshot> snapshots(String guest) throws IOException {
        GuestVolume volume = volume(guest);
        return volume.store.list(volume.layout.snapshots());
    }

    @Override
    public List<StoredSnapshot> replicas(String guest) throws IOException {
        GuestVolume volume = volume(guest);
        return volume.store.list(volume.layout.replicas());
    }

    @Override
    public Optional<StoredSnapshot> newest(String guest) throws IOException {
        return volume(guest).store.newest();
    }

    @Override
    public Optional<StoredSnapshot> find(String guest, String snapshot) {
        return volume(guest).store.find(snapshot).map(stored -> stored.manifest().summary());
    }

    @Override
    public Optional<StoredSnapshot> newestCommon(String guest, Collection<String> theirs) throws IOException {
        return volume(guest).store.all().reversed().stream()
                .filter(ours -> theirs.contains(ours.id()))
                .findFirst();
    }

    /** Stored trees know nothing of each other: every older or newer one will do. */
    @Override
    public List<String> bases(String guest, String snapshot) throws IOException {
        List<String> all = volume(guest).store.all().stream().map(StoredSnapshot::id).toList();
        return all.contains(snapshot) ? all.reversed() : List.of();
    }

    @Override
    public Increment increment(String guest, Optional<String> base, String snapshot) throws IOException {
        GuestVolume volume = volume(guest);
        Optional<Stored> storedBase = Optional.empty();
        if (base.isPresent()) {
            storedBase = Optional.of(volume.store.find(base.get()).orElseThrow(() -> notHere(base.get())));
        }
        Stored stored = volume.use(snapshot).orElseThrow(() -> notHere(snapshot));
        return new DirectoryIncrement(volume, stored, storedBase);
    }

    private static NoSuchFileException notHere(String snapshot) {
        return new NoSuchFileException(snapshot, null, "no complete snapshot of that id is here");
    }

    @Override
    public ReceiveOutcome receive(String guest, InputStream stream) {
        GuestVolume volume = volume(guest);
        if (!volume.receiveLock.tryLock()) {
            return new ReceiveOutcome.Failed(
                    ReceiveOutcome.Reason.BUSY, "another receive of guest '" + guest + "' is under way");
        }
        try {
            return new ReceiveWork(volume, stream, steps).receive();
        } finally {
            volume.receiveLock.unlock();
        }
    }

    @Override
    public void noteCommon(String guest, String node, String snapshot) throws IOException {
        new Retention(volume(guest)).noteCommon(node, snapshot);
    }

    @Override
    public List<String> retain(String guest, int keep, Set<String> alsoKeep) throws IOException {
        return new Retention(volume(guest)).retain(keep, alsoKeep);
    }

    @Override
    public void prepare(String guest, String snapshot) throws IOException {
        withLive(guest, live -> {
            live.prepare(snapshot);
            return null;
        });
    }

    @Override
    public void discardPrepared(String guest) throws IOException {
        withLive(guest, live -> {
            live.discardPrepared();
            return null;
        });
    }

    @Override
    public void promote(String guest, LiveOrigin origin) throws IOException {
        withLive(guest, live -> {
            live.promote(origin);
            return null;
        });
    }

    @Override
    public Optional<LiveOrigin> origin(String guest) throws IOException {
        return live(guest).origin();
    }

    @Override
    public Divergence divergence(String guest, String snapshot) throws IOException {
        return withLive(guest, live -> live.divergence(snapshot));
    }

    @Override
    public Aside setAside(String guest, String name, Divergence divergence) throws IOException {
        return withLive(guest, live -> live.setAside(name, divergence));
    }

    @Override
    public List<Aside> asides(String guest) throws IOException {
        return new AsideShelf(volume(guest).layout).list();
    }

    @Override
    public void deleteAside(String guest, String name) throws IOException {
        new AsideShelf(volume(guest).layout).delete(name);
    }

    @Override
    public boolean dropLiveHeldBy(String guest, String snapshot) throws IOException {
        return withLive(guest, live -> live.dropHeldBy(snapshot));
    }

    @Override
    public Usage usage(String guest) throws IOException {
        return UsageCount.of(volume(guest));
    }

    private interface LiveWork<T> {
        T run(LivePlace live) throws IOException;
    }

    private <T> T withLive(String guest, LiveWork<T> work) throws IOException {
        Lock lock = volume(guest).liveLock;
        lock.lock();
        try {
            return work.run(live(guest));
        } finally {
            lock.unlock();
        }
    }

    private LivePlace live(String guest) {
        GuestVolume volume = volume(guest);
        return new LivePlace(volume.layout, volume.store, steps);
    }

    private GuestVolume volume(String guest) {
        return volumes.computeIfAbsent(guest, name -> new GuestVolume(VolumeLayout.of(folder, name)));
    }
}
