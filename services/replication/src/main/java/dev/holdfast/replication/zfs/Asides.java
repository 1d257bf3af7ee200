package dev.holdfast.replication.zfs;

import dev.holdfast.replication.volume.Aside;
import dev.holdfast.replication.volume.Divergence;
import dev.holdfast.replication.volume.VolumeName;
import dev.holdfast.replication.zfs.GuestState.Dataset;
import dev.holdfast.replication.zfs.GuestState.Snap;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What was set aside of one guest: datasets, mounted read-only where people can look inside. */
final class Asides {

    /** The snapshot in which an aside ends. */
    private static final String DIVERGENCE = "divergence";

    private final GuestDatasets datasets;

    Asides(GuestDatasets datasets) {
        this.datasets = datasets;
    }

    /** @param name a free one */
    Aside add(GuestState state, Dataset dataset, String name, Divergence divergence) throws IOException {
        VolumeName.require("aside name", name);
        Aside aside = new Aside(name, dataset.bytes("referenced"), divergence.since(), divergence.bytes());
        datasets.unmount(dataset);
        // Before the rename: an aside that nobody can explain must not exist.
        datasets.set(dataset.name(), GuestState.ASIDE, encode(aside));
        if (!dataset.is("readonly", "on")) {
            datasets.set(dataset.name(), "readonly", "on");
        }
        // Its last snapshot is its own then: some ZFS renames nothing that a mounted clone has grown out of.
        if (state.snapshotsOf(dataset).stream().noneMatch(snapshot -> snapshot.name().equals(DIVERGENCE))) {
            datasets.zfs().run(List.of("zfs", "snapshot", dataset.name() + "@" + DIVERGENCE));
        }
        datasets.rename(dataset.name(), datasets.named(GuestDatasets.ASIDE + name));
        return aside;
    }

    /** A replica that somebody has written to, and shows it. */
    Aside addChanged(GuestState state, Dataset replica, long epoch, Optional<Duration> since) throws IOException {
        String name = GuestDatasets.freeAside(state, epoch + "-changed");
        Aside aside = add(state, replica, name, new Divergence(since, replica.bytes("usedbydataset"), false));
        show(datasets.state().part(GuestDatasets.ASIDE + name).orElseThrow());
        return aside;
    }

    /** Mounts it where people find it. */
    void show(Dataset aside) throws IOException {
        datasets.mount(aside, datasets.asidePath(nameOf(aside)), true);
    }

    List<Aside> list() throws IOException {
        List<Aside> asides = new ArrayList<>();
        for (Dataset dataset : datasets.state().partsBeginning(GuestDatasets.ASIDE)) {
            asides.add(read(dataset));
        }
        return asides;
    }

    /** Only this one goes: snapshots that it still holds for everybody move to a replica first. */
    void delete(String name) throws IOException {
        VolumeName.require("aside name", name);
        GuestState state = datasets.state();
        Optional<Dataset> aside = state.part(GuestDatasets.ASIDE + name);
        if (aside.isEmpty()) {
            return;
        }
        Optional<Snap> head = state.completeHead(aside.get());
        if (head.isPresent()) {
            datasets.forkReplica(state, head.get());
        }
        datasets.unmount(aside.get());
        for (Snap snapshot : state.snapshotsOf(aside.get())) {
            if (snapshot.name().equals(DIVERGENCE)) {
                datasets.destroy(snapshot);
            }
        }
        datasets.destroy(aside.get().name());
    }

    private String nameOf(Dataset dataset) {
        return dataset.name().substring(datasets.named(GuestDatasets.ASIDE).length());
    }

    private static String encode(Aside aside) {
        return aside.divergentBytes() + " "
                + aside.since().map(since -> Long.toString(since.toNanos())).orElse("-");
    }

    private Aside read(Dataset dataset) {
        long bytes = dataset.bytes("referenced");
        try {
            String[] about = dataset.property(GuestState.ASIDE).orElse("").split(" ");
            Optional<Duration> since = about[1].equals("-")
                    ? Optional.empty()
                    : Optional.of(Duration.ofNanos(Long.parseLong(about[1])));
            return new Aside(nameOf(dataset), bytes, since, Long.parseLong(about[0]));
        } catch (RuntimeException unexplained) {
            return new Aside(nameOf(dataset), bytes, Optional.empty(), bytes);
        }
    }
}
