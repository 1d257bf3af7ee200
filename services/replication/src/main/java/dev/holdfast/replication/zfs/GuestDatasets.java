package dev.holdfast.replication.zfs;

import dev.holdfast.replication.volume.VolumeName;
import dev.holdfast.replication.zfs.GuestState.Dataset;
import dev.holdfast.replication.zfs.GuestState.Snap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** The datasets of one guest, and the few things that are done to them; see the package description. */
final class GuestDatasets {

    static final String LIVE = "live";
    static final String REPLICA = "replica";
    static final String PREPARED = "prepared";
    static final String INCOMING = "incoming";
    static final String BRANCH = "branch-";
    static final String ASIDE = "aside-";

    /** User property, inherited: where the keys of encrypted volumes lie on this node. */
    static final String KEY_LOCATION = "holdfast:keylocation";

    private static final int LET_GO_ATTEMPTS = 20;
    private static final Duration LET_GO_PAUSE = Duration.ofMillis(100);

    /** Whoever changes which datasets there are, or reads live. */
    final ReentrantLock lock = new ReentrantLock();

    final ReentrantLock receiveLock = new ReentrantLock();

    final String guest;
    final Holds holds;
    private final Zfs zfs;
    private final ZfsCapabilities can;
    private final DatasetName container;
    private final Path folder;

    /** @param folder where live and asides are mounted */
    GuestDatasets(Zfs zfs, ZfsCapabilities can, DatasetName root, Path mounts, String guest) {
        VolumeName.require("guest", guest);
        this.guest = guest;
        this.zfs = zfs;
        this.can = can;
        this.container = root.child(guest);
        this.folder = mounts.resolve(guest);
        this.holds = new Holds(zfs);
    }

    Zfs zfs() {
        return zfs;
    }

    ZfsCapabilities can() {
        return can;
    }

    String container() {
        return container.text();
    }

    String named(String part) {
        return container.child(part).text();
    }

    Path livePath() {
        return folder.resolve(LIVE);
    }

    Path asidePath(String name) {
        return folder.resolve("aside").resolve(name);
    }

    GuestState state() throws IOException {
        try {
            return GuestState.parse(
                    container.text(),
                    zfs.run(List.of(
                            "zfs", "get", "-Hp", "-r", "-o", "name,property,value,source", GuestState.wanted(can),
                            container.text())));
        } catch (ZfsFailed failed) {
            if (failed.says("does not exist")) {
                return GuestState.parse(container.text(), List.of());
            }
            throw failed;
        }
    }

    /** Children are read-only and mounted nowhere unless they say otherwise. */
    void createContainer() throws IOException {
        zfs.run(List.of(
                "zfs", "create", "-o", "mountpoint=none", "-o", "readonly=on", "-o", "canmount=off", container.text()));
    }

    void set(String dataset, String property, String value) throws IOException {
        zfs.run(List.of("zfs", "set", property + "=" + value, dataset));
    }

    void rename(String from, String to) throws IOException {
        patiently(List.of("zfs", "rename", from, to));
    }

    /** Never recursive: what something else depends on stays. */
    void destroy(String dataset) throws IOException {
        patiently(List.of("zfs", "destroy", dataset));
    }

    void destroy(Snap snapshot) throws IOException {
        zfs.run(List.of("zfs", "destroy", snapshot.fullName()));
    }

    /** Where a daemon serves file systems it lets go of one a moment after its unmount has returned. */
    private void patiently(List<String> command) throws IOException {
        for (int left = LET_GO_ATTEMPTS; ; left--) {
            try {
                zfs.run(command);
                return;
            } catch (ZfsFailed failed) {
                if (left == 0 || !failed.says("busy")) {
                    throw failed;
                }
                LockSupport.parkNanos(LET_GO_PAUSE.toNanos());
            }
        }
    }

    void unmount(Dataset dataset) throws IOException {
        if (dataset.is("mounted", "yes")) {
            zfs.run(List.of("zfs", "unmount", dataset.name()));
        }
    }

    /** Mounts it there with that access, whatever an earlier attempt had come to. */
    void mount(Dataset dataset, Path path, boolean readonly) throws IOException {
        String access = readonly ? "on" : "off";
        boolean inPlace = dataset.is("mountpoint", path.toString()) && dataset.is("readonly", access);
        if (inPlace && dataset.is("mounted", "yes")) {
            return;
        }
        unmount(dataset);
        if (!dataset.is("readonly", access)) {
            set(dataset.name(), "readonly", access);
        }
        if (!dataset.is("mountpoint", path.toString())) {
            set(dataset.name(), "mountpoint", path.toString());
        }
        Files.createDirectories(path);
        if (isEncrypted(dataset)) {
            Key key = key(dataset);
            if (!key.loaded()) {
                load(dataset, key);
            }
        }
        try {
            zfs.run(List.of("zfs", "mount", dataset.name()));
        } catch (ZfsFailed failed) {
            if (!failed.says("already mounted")) {
                throw failed;
            }
        }
    }

    /**
     * The key of an encrypted dataset, as this node knows of it.
     *
     * @param root the dataset whose key it is
     * @param location empty if only a person knows it
     */
    private record Key(boolean loaded, String root, Optional<String> location) {}

    private boolean isEncrypted(Dataset dataset) {
        return can.encryption() && !dataset.is("encryption", "off");
    }

    private Key key(Dataset dataset) throws IOException {
        List<String> known = zfs.run(List.of(
                "zfs", "get", "-H", "-o", "value", "keystatus,encryptionroot," + KEY_LOCATION, dataset.name()));
        String root = known.get(1);
        String own = zfs.run(List.of("zfs", "get", "-H", "-o", "value", "keylocation", root)).getFirst();
        return new Key(
                known.get(0).equals("available"), root,
                Stream.of(known.get(2), own).filter(location -> location.contains("://")).findFirst());
    }

    private void load(Dataset dataset, Key key) throws IOException {
        String location = key.location().orElseThrow(() -> withoutKey(dataset));
        zfs.run(List.of("zfs", "load-key", "-L", location, key.root()));
    }

    /**
     * Sees to it that a volume made from this dataset can be mounted, before anything is changed for it. What comes raw
     * from another node is its own root and comes without its key, and when its history changes hands ZFS forgets a key
     * that somebody has loaded: this node must know where to find it.
     */
    void requireKey(Dataset dataset) throws IOException {
        if (!isEncrypted(dataset)) {
            return;
        }
        Key key = key(dataset);
        if (!key.loaded()) {
            load(dataset, key);
        } else if (key.root().equals(dataset.name())) {
            String location = key.location().orElseThrow(() -> withoutKey(dataset));
            zfs.run(List.of("zfs", "load-key", "-n", "-L", location, key.root()));
        }
    }

    private IOException withoutKey(Dataset dataset) {
        return new IOException(dataset.name() + " is encrypted and this node does not know where its key is: 'zfs set "
                + KEY_LOCATION + "=file:///PATH " + container.text() + "' tells it, 'zfs load-key -n -L file:///PATH "
                + dataset.name() + "' tries the key");
    }

    /** Makes live what a guest may run on. */
    void ready(Dataset live) throws IOException {
        mount(live, livePath(), false);
    }

    /**
     * Brings to ZFS what was written through a memory map and never synced: it is in the guest's files, but no snapshot
     * would see it.
     */
    void syncLive(Dataset live) throws IOException {
        if (live.is("mounted", "yes")) {
            zfs.run(List.of("sync", "-f", livePath().toString()));
        }
    }

    /** Makes a clone that is mounted nowhere. */
    void cloneAs(Snap snapshot, String part) throws IOException {
        zfs.run(List.of(
                "zfs", "clone", "-o", "canmount=noauto", "-o", "atime=off", snapshot.fullName(), named(part)));
    }

    /**
     * Makes a replica that ends in the snapshot, from whichever dataset has it, and takes over the history up to there.
     * What lies beyond it stays where it was, as a clone; a replica in the way becomes a branch. Cut off anywhere, it
     * can be done again.
     *
     * <p>Names are given before histories move: some ZFS renames nothing that a mounted clone has grown out of.
     */
    void forkReplica(GuestState state, Snap snapshot) throws IOException {
        Snap found = snapshot;
        if (state.part(REPLICA).isPresent()) {
            rename(named(REPLICA), named(freeBranch(state)));
            found = state().find(snapshot.guid()).orElseThrow(() -> new IOException(snapshot.fullName() + " is gone"));
        }
        cloneAs(found, REPLICA);
        takeOverHistory(REPLICA);
    }

    /** Makes a clone the owner of the snapshots it has grown out of. */
    void takeOverHistory(String part) throws IOException {
        zfs.run(List.of("zfs", "promote", named(part)));
    }

    /** Gives a dataset the replica's name. */
    void becomeReplica(GuestState state, String part) throws IOException {
        if (state.part(REPLICA).isPresent()) {
            rename(named(REPLICA), named(freeBranch(state)));
        }
        rename(named(part), named(REPLICA));
    }

    private String freeBranch(GuestState state) {
        int number = 1;
        while (state.part(BRANCH + number).isPresent()) {
            number++;
        }
        return BRANCH + number;
    }

    /** A free name for an aside: the wanted one, or with a number behind it. */
    static String freeAside(GuestState state, String name) {
        String free = name;
        for (int number = 2; state.part(ASIDE + free).isPresent(); number++) {
            free = name + "-" + number;
        }
        return free;
    }
}
