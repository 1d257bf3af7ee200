package dev.holdfast.replication.zfs;

import dev.holdfast.replication.volume.Aside;
import dev.holdfast.replication.volume.Divergence;
import dev.holdfast.replication.volume.Increment;
import dev.holdfast.replication.volume.LiveOrigin;
import dev.holdfast.replication.volume.ReceiveOutcome;
import dev.holdfast.replication.volume.Resumable;
import dev.holdfast.replication.volume.SnapshotOutcome;
import dev.holdfast.replication.volume.SnapshotRequest;
import dev.holdfast.replication.volume.Steps;
import dev.holdfast.replication.volume.StoredSnapshot;
import dev.holdfast.replication.volume.Usage;
import dev.holdfast.replication.volume.VolumeDriver;
import dev.holdfast.replication.volume.VolumeName;
import dev.holdfast.replication.zfs.GuestState.Base;
import dev.holdfast.replication.zfs.GuestState.Snap;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Volumes as datasets of a ZFS pool. See the package description for how they are kept. */
public final class ZfsDriver implements VolumeDriver {

    private static final Duration COMMAND_LIMIT = Duration.ofSeconds(60);

    /**
     * @param dataset under which guests' datasets are made; made if needed, its pool must be there
     * @param mounts folder under which they are mounted
     * @param node name of this node: it tells snapshots that were taken here from those that were received
     */
    public record Config(String dataset, Path mounts, String node) {

        public Config {
            new DatasetName(dataset);
            VolumeName.require("node", node);
            if (!mounts.isAbsolute() || mounts.toString().chars().anyMatch(Character::isWhitespace)) {
                throw new IllegalArgumentException("mounts " + mounts + ": must be absolute and without white space");
            }
        }
    }

    private final Config config;
    private final DatasetName root;
    private final Zfs zfs;
    private final ZfsCapabilities can;
    private final Steps steps;
    private final Map<String, GuestDatasets> guests = new ConcurrentHashMap<>();

    private ZfsDriver(Config config, Zfs zfs, Steps steps) throws IOException {
        this.config = config;
        this.root = new DatasetName(config.dataset());
        this.zfs = zfs;
        this.steps = steps;
        this.can = ZfsCapabilities.detect(zfs);
    }

    /**
     * Opens the datasets, finishes what an earlier process left in the middle, and mounts every live volume. At most
     * one driver per dataset.
     *
     * @throws IOException if the commands are missing, the pool is not there, or a volume cannot be mounted
     */
    public static ZfsDriver open(Config config) throws IOException {
        return open(config, new ZfsCommand(COMMAND_LIMIT), Steps.NONE);
    }

    public static ZfsDriver open(Config config, Zfs zfs, Steps steps) throws IOException {
        ZfsDriver driver = new ZfsDriver(config, zfs, steps);
        driver.createRoot();
        for (String guest : driver.guests()) {
            Tidying.atOpen(driver.datasets(guest));
        }
        return driver;
    }

    private void createRoot() throws IOException {
        try {
            zfs.run(List.of("zfs", "create", "-o", "mountpoint=none", root.text()));
        } catch (ZfsFailed failed) {
            if (!failed.says("already exists")) {
                throw failed;
            }
        }
    }

    /** What the ZFS here can do. */
    public ZfsCapabilities capabilities() {
        return can;
    }

    @Override
    public void create(String guest) throws IOException {
        withLive(guest, live -> {
            live.create();
            return null;
        });
    }

    @Override
    public List<String> guests() throws IOException {
        return zfs.run(List.of("zfs", "list", "-H", "-r", "-d", "1", "-t", "filesystem", "-o", "name", root.text()))
                .stream()
                .filter(name -> name.length() > root.text().length())
                .map(name -> name.substring(root.text().length() + 1))
                .filter(VolumeName::isValid)
                .sorted()
                .toList();
    }

    @Override
    public boolean hasLive(String guest) throws IOException {
        return datasets(guest).state().part(GuestDatasets.LIVE).isPresent();
    }

    /** Without the mount a guest would write into the folder below it, where nobody ever looks again. */
    @Override
    public Optional<String> whyUnusable(String guest) throws IOException {
        return datasets(guest).state().part(GuestDatasets.LIVE)
                .filter(live -> !live.is("mounted", "yes") || !live.is("readonly", "off")
                        || !live.is("mountpoint", livePath(guest).toString()))
                .map(live -> live.name() + " is not mounted for writing at " + livePath(guest));
    }

    @Override
    public boolean isUntouched(String guest) throws IOException {
        GuestState state = datasets(guest).state();
        return state.part(GuestDatasets.LIVE).isEmpty()
                && state.snapshots().isEmpty()
                && state.partsBeginning(GuestDatasets.ASIDE).isEmpty();
    }

    @Override
    public Path livePath(String guest) {
        return datasets(guest).livePath();
    }

    @Override
    public SnapshotOutcome snapshot(SnapshotRequest request) {
        GuestDatasets datasets = datasets(request.guest());
        datasets.lock.lock();
        try {
            return new ZfsSnapshot(datasets, request, steps).take();
        } finally {
            datasets.lock.unlock();
        }
    }

    @Override
    public List<StoredSnapshot> snapshots(String guest) throws IOException {
        return complete(guest, identity -> identity.owner().equals(config.node()));
    }

    @Override
    public List<StoredSnapshot> replicas(String guest) throws IOException {
        return complete(guest, identity -> !identity.owner().equals(config.node()));
    }

    private List<StoredSnapshot> complete(String guest, Predicate<Identity> wanted) throws IOException {
        return datasets(guest).state().complete().stream()
                .filter(snapshot -> wanted.test(snapshot.identity().orElseThrow()))
                .map(Snap::stored)
                .toList();
    }

    @Override
    public Optional<StoredSnapshot> newest(String guest) throws IOException {
        return datasets(guest).state().complete().reversed().stream().findFirst().map(Snap::stored);
    }

    @Override
    public Optional<StoredSnapshot> find(String guest, String snapshot) throws IOException {
        return datasets(guest).state().find(snapshot).map(Snap::stored);
    }

    @Override
    public Optional<StoredSnapshot> newestCommon(String guest, Collection<String> theirs) throws IOException {
        return datasets(guest).state().complete().reversed().stream()
                .filter(ours -> theirs.contains(ours.guid()))
                .findFirst()
                .map(Snap::stored);
    }

    /** Earlier ones of the same dataset: ZFS sends no increment between others that could be received everywhere. */
    @Override
    public List<String> bases(String guest, String snapshot) throws IOException {
        GuestState state = datasets(guest).state();
        return state.find(snapshot).map(state::bases).orElse(List.of()).stream().map(Base::guid).toList();
    }

    @Override
    public Increment increment(String guest, Optional<String> base, String snapshot) throws IOException {
        GuestDatasets datasets = datasets(guest);
        GuestState state = datasets.state();
        Snap wanted = state.find(snapshot).orElseThrow(() -> notHere(snapshot));
        Optional<Base> from = Optional.empty();
        if (base.isPresent()) {
            from = state.bases(wanted).stream().filter(known -> known.guid().equals(base.get())).findFirst();
            if (from.isEmpty()) {
                throw new IOException("nothing is here of snapshot " + base.get() + " that an increment to "
                        + wanted.fullName() + " could build on");
            }
        }
        if (can.bookmarks()) {
            new Bookmarks(datasets).keep(state, wanted);
        }
        return ZfsIncrement.whole(datasets, wanted, from, isEncrypted(state, wanted));
    }

    private static boolean isEncrypted(GuestState state, Snap snapshot) {
        return state.partOf(snapshot).property("encryption").filter(cipher -> !cipher.equals("off")).isPresent();
    }

    private static NoSuchFileException notHere(String snapshot) {
        return new NoSuchFileException(snapshot, null, "no complete snapshot of that id is here");
    }

    @Override
    public Optional<Resumable> resumable(String guest) throws IOException {
        return can.resumeTokens() ? Tidying.resumable(datasets(guest).state()) : Optional.empty();
    }

    @Override
    public Optional<Increment> resume(String guest, Resumable rest) throws IOException {
        GuestDatasets datasets = datasets(guest);
        Optional<Snap> snapshot = datasets.state().find(rest.snapshot());
        return can.resumeTokens() && snapshot.isPresent() && isSendable(rest.token())
                ? Optional.of(ZfsIncrement.rest(datasets, snapshot.get(), rest.token()))
                : Optional.empty();
    }

    /** A token outlives what it stands for: the base may be gone, or the dataset that both were in. */
    private boolean isSendable(String token) throws IOException {
        try {
            zfs.run(List.of("zfs", "send", "-n", "-t", token));
            return true;
        } catch (ZfsFailed failed) {
            if (failed.exitCode().isEmpty()) {
                throw failed;
            }
            return false;
        }
    }

    @Override
    public ReceiveOutcome receive(String guest, InputStream stream) {
        GuestDatasets datasets = datasets(guest);
        if (!datasets.receiveLock.tryLock()) {
            return new ReceiveOutcome.Failed(
                    ReceiveOutcome.Reason.BUSY, "another receive of guest '" + guest + "' is under way");
        }
        try {
            return new ZfsReceive(datasets, stream, steps).receive();
        } finally {
            datasets.receiveLock.unlock();
        }
    }

    @Override
    public void noteCommon(String guest, String node, String snapshot) throws IOException {
        withDatasets(guest, datasets -> {
            new ZfsRetention(datasets).noteCommon(node, snapshot);
            return null;
        });
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
        return withLive(guest, LiveDataset::origin);
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
        return new Asides(datasets(guest)).list();
    }

    @Override
    public void deleteAside(String guest, String name) throws IOException {
        withDatasets(guest, datasets -> {
            new Asides(datasets).delete(name);
            return null;
        });
    }

    @Override
    public boolean dropLiveHeldBy(String guest, String snapshot) throws IOException {
        return withLive(guest, live -> live.dropHeldBy(snapshot));
    }

    @Override
    public List<String> retain(String guest, int keep, Set<String> alsoKeep) throws IOException {
        return withDatasets(guest, datasets -> new ZfsRetention(datasets).retain(keep, alsoKeep));
    }

    @Override
    public Usage usage(String guest) throws IOException {
        GuestState state = datasets(guest).state();
        long live = state.part(GuestDatasets.LIVE).map(found -> found.bytes("referenced")).orElse(0L);
        long aside = state.partsBeginning(GuestDatasets.ASIDE).stream().mapToLong(found -> found.bytes("used")).sum();
        long own = state.part(GuestDatasets.LIVE).map(found -> found.bytes("usedbydataset")).orElse(0L);
        List<String> damaged = state.snapshots().stream()
                .filter(snapshot -> snapshot.looksLikeOurs() && snapshot.identity().isEmpty())
                .map(Snap::fullName)
                .toList();
        return new Usage(
                live, state.containerBytes("used") - own - aside, aside, state.containerBytes("available"), damaged);
    }

    private interface Work<P, T> {
        T run(P part) throws IOException;
    }

    private <T> T withLive(String guest, Work<LiveDataset, T> work) throws IOException {
        return withDatasets(guest, datasets -> work.run(new LiveDataset(datasets, steps)));
    }

    private <T> T withDatasets(String guest, Work<GuestDatasets, T> work) throws IOException {
        GuestDatasets datasets = datasets(guest);
        datasets.lock.lock();
        try {
            return work.run(datasets);
        } finally {
            datasets.lock.unlock();
        }
    }

    private GuestDatasets datasets(String guest) {
        return guests.computeIfAbsent(guest, name -> new GuestDatasets(zfs, can, root, config.mounts(), name));
    }
}
