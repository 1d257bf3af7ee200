package dev.holdfast.replication.zfs;

import dev.holdfast.core.node.Incarnation;
import dev.holdfast.replication.volume.Aside;
import dev.holdfast.replication.volume.Divergence;
import dev.holdfast.replication.volume.LiveOrigin;
import dev.holdfast.replication.volume.Steps;
import dev.holdfast.replication.zfs.GuestState.Dataset;
import dev.holdfast.replication.zfs.GuestState.Snap;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;

/** The one live dataset of a guest: made, replaced, put aside. Under the guest's lock. */
final class LiveDataset {

    private final GuestDatasets datasets;
    private final Steps steps;

    LiveDataset(GuestDatasets datasets, Steps steps) {
        this.datasets = datasets;
        this.steps = steps;
    }

    void create() throws IOException {
        GuestState state = datasets.state();
        if (!state.exists()) {
            datasets.createContainer();
        }
        if (state.part(GuestDatasets.LIVE).isEmpty()) {
            datasets.zfs().run(List.of(
                    "zfs", "create", "-o", "canmount=noauto", "-o", "atime=off", datasets.named(GuestDatasets.LIVE)));
        }
        datasets.ready(live(datasets.state()));
    }

    /**
     * Clones it, once the key is known to be here: all that needs room is done then. The history changes hands in
     * {@link #promote}.
     */
    void prepare(String guid) throws IOException {
        GuestState state = datasets.state();
        // What a cut receive has left is of an owner before, and takes the room that the clone needs.
        Tidying.abortPartial(datasets, state);
        prepare(state, guid);
    }

    private void prepare(GuestState state, String guid) throws IOException {
        Snap snapshot = found(state, guid);
        datasets.requireKey(state.partOf(snapshot));
        boolean there = state.part(GuestDatasets.PREPARED)
                .flatMap(Dataset::origin)
                .filter(snapshot.fullName()::equals)
                .isPresent();
        if (there) {
            return;
        }
        discardPrepared(state);
        datasets.cloneAs(snapshot, GuestDatasets.PREPARED);
        steps.reached(Steps.Step.CLONE_SYNCED);
    }

    void discardPrepared() throws IOException {
        discardPrepared(datasets.state());
    }

    private void discardPrepared(GuestState state) throws IOException {
        Optional<Dataset> prepared = state.part(GuestDatasets.PREPARED);
        if (prepared.isPresent()) {
            datasets.destroy(prepared.get().name());
        }
    }

    void promote(LiveOrigin origin) throws IOException {
        GuestState state = datasets.state();
        if (origin(state).equals(Optional.of(origin))) {
            return;
        }
        if (state.part(GuestDatasets.LIVE).isPresent()) {
            throw new FileAlreadyExistsException(
                    datasets.named(GuestDatasets.LIVE), null, "another live volume is in place");
        }
        Tidying.abortPartial(datasets, state);
        prepare(state, origin.snapshot());
        datasets.set(datasets.named(GuestDatasets.PREPARED), GuestState.ORIGIN, encode(origin));
        steps.reached(Steps.Step.ORIGIN_FILED);
        datasets.rename(datasets.named(GuestDatasets.PREPARED), datasets.named(GuestDatasets.LIVE));
        steps.reached(Steps.Step.LIVE_RENAMED);
        datasets.takeOverHistory(GuestDatasets.LIVE);
        steps.reached(Steps.Step.HISTORY_TAKEN_OVER);
        GuestState promoted = datasets.state();
        datasets.ready(live(promoted));
        dropEmptyReplica(promoted, origin.epoch());
    }

    /** What a cut promotion may have left to do for a live: take over its history, and be mounted. */
    void finish(GuestState state) throws IOException {
        Dataset live = live(state);
        Optional<Snap> from = live.property(GuestState.ORIGIN)
                .flatMap(text -> state.find(decode(text).snapshot()))
                .filter(snapshot -> live.origin().equals(Optional.of(snapshot.fullName())));
        if (from.isPresent()) {
            datasets.takeOverHistory(GuestDatasets.LIVE);
        }
        datasets.ready(live);
    }

    /** A replica whose whole history went to live is nothing any more, unless somebody wrote to it. */
    private void dropEmptyReplica(GuestState state, long epoch) throws IOException {
        Optional<Dataset> replica = state.part(GuestDatasets.REPLICA);
        if (replica.isEmpty() || !state.snapshotsOf(replica.get()).isEmpty()) {
            return;
        }
        if (replica.get().bytes("used") == 0) {
            datasets.destroy(replica.get().name());
        } else {
            new Asides(datasets).addChanged(state, replica.get(), epoch, Optional.empty());
        }
    }

    /** The promotion that made live; and then live can be run on, whatever came between. */
    Optional<LiveOrigin> origin() throws IOException {
        return origin(datasets.state());
    }

    private Optional<LiveOrigin> origin(GuestState state) throws IOException {
        Optional<Dataset> live = state.part(GuestDatasets.LIVE);
        if (live.isEmpty() || live.get().property(GuestState.ORIGIN).isEmpty()) {
            return Optional.empty();
        }
        finish(state);
        return live.get().property(GuestState.ORIGIN).map(LiveDataset::decode);
    }

    Divergence divergence(String guid) throws IOException {
        GuestState state = datasets.state();
        Dataset live = live(state);
        Optional<Snap> since = state.find(guid);
        if (since.isEmpty() || !since.get().dataset().equals(live.name())) {
            // It may have grown out of that snapshot and may not: nobody can say what they share.
            return new Divergence(
                    since.map(found -> found.identity().orElseThrow().takenAt()), live.bytes("referenced"), false);
        }
        return new Comparison(datasets).of(live, since.get());
    }

    Aside setAside(String name, Divergence divergence) throws IOException {
        GuestState state = datasets.state();
        Dataset live = state.part(GuestDatasets.LIVE)
                .orElseThrow(() -> new NoSuchFileException(
                        datasets.named(GuestDatasets.LIVE), null, "there is no live volume"));
        Asides asides = new Asides(datasets);
        Aside aside = asides.add(state, live, GuestDatasets.freeAside(state, name), divergence);
        steps.reached(Steps.Step.LIVE_ASIDE);
        asides.show(datasets.state().part(GuestDatasets.ASIDE + aside.name()).orElseThrow());
        return aside;
    }

    /** A live that is held by its newest snapshot is a replica already, but for its name. */
    boolean dropHeldBy(String guid) throws IOException {
        if (!divergence(guid).same()) {
            return false;
        }
        GuestState state = datasets.state();
        Dataset live = live(state);
        datasets.unmount(live);
        datasets.set(live.name(), "readonly", "on");
        datasets.zfs().run(List.of("zfs", "inherit", "mountpoint", live.name()));
        datasets.zfs().run(List.of("zfs", "inherit", GuestState.ORIGIN, live.name()));
        Optional<Snap> head = state.head(live);
        if (head.isPresent()) {
            new Bookmarks(datasets).dropYounger(state, live, head.get());
        }
        datasets.becomeReplica(state, GuestDatasets.LIVE);
        if (head.isPresent()) {
            // What unmounting may have left would count as a change by somebody at the next receive.
            datasets.zfs().run(List.of(
                    "zfs", "rollback", datasets.named(GuestDatasets.REPLICA) + "@" + head.get().name()));
        }
        steps.reached(Steps.Step.LIVE_DROPPED);
        return true;
    }

    private Dataset live(GuestState state) throws IOException {
        return state.part(GuestDatasets.LIVE)
                .orElseThrow(() -> new NoSuchFileException(
                        datasets.named(GuestDatasets.LIVE), null, "there is no live volume"));
    }

    private static Snap found(GuestState state, String guid) throws IOException {
        return state.find(guid)
                .orElseThrow(() -> new NoSuchFileException(guid, null, "no complete snapshot of that id is here"));
    }

    private static String encode(LiveOrigin origin) {
        return origin.epoch() + " " + origin.incarnation() + " " + origin.snapshot();
    }

    private static LiveOrigin decode(String text) {
        String[] words = text.split(" ");
        return new LiveOrigin(Long.parseLong(words[0]), Incarnation.parse(words[1]), words[2]);
    }
}
