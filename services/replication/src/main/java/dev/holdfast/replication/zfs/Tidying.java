package dev.holdfast.replication.zfs;

import dev.holdfast.replication.volume.Resumable;
import dev.holdfast.replication.volume.Steps;
import dev.holdfast.replication.zfs.GuestState.Dataset;
import dev.holdfast.replication.zfs.GuestState.Snap;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finishes or removes what a process that ended in the middle has left. */
final class Tidying {

    private Tidying() {}

    /** Before anything else is done with a guest's datasets. */
    static void atOpen(GuestDatasets datasets) throws IOException {
        GuestState state = afterReceive(datasets, datasets.state());
        for (Snap snapshot : state.snapshots()) {
            if (snapshot.holds() > 0) {
                datasets.holds.releaseSending(snapshot);
            }
        }
        Optional<Dataset> live = state.part(GuestDatasets.LIVE);
        if (live.isPresent()) {
            dropUnfinished(datasets, state, live.get());
            new LiveDataset(datasets, Steps.NONE).finish(state);
        }
        for (Dataset aside : state.partsBeginning(GuestDatasets.ASIDE)) {
            dropUnfinished(datasets, state, aside);
            new Asides(datasets).show(aside);
        }
    }

    /** Snapshots whose pause was not seen to its end, or that were only made to compare. */
    private static void dropUnfinished(GuestDatasets datasets, GuestState state, Dataset dataset) throws IOException {
        for (Snap snapshot : state.snapshotsOf(dataset)) {
            if (snapshot.looksLikeOurs() && snapshot.identity().isEmpty()) {
                datasets.destroy(snapshot);
            }
        }
    }

    /** What a receive left: a snapshot that arrived without its identity, or a full copy that is done, or half of one. */
    static GuestState afterReceive(GuestDatasets datasets, GuestState state) throws IOException {
        boolean changed = identify(datasets, state);
        GuestState identified = changed ? datasets.state() : state;
        Optional<Dataset> incoming = identified.part(GuestDatasets.INCOMING);
        if (incoming.isEmpty() || incoming.get().property(GuestState.TOKEN).isPresent()) {
            return identified;
        }
        if (identified.completeHead(incoming.get()).isPresent()) {
            datasets.becomeReplica(identified, GuestDatasets.INCOMING);
        } else {
            for (Snap unknown : identified.snapshotsOf(incoming.get())) {
                datasets.destroy(unknown);
            }
            datasets.destroy(incoming.get().name());
        }
        return datasets.state();
    }

    private static boolean identify(GuestDatasets datasets, GuestState state) throws IOException {
        Optional<ReceiveIntent> intent = ReceiveIntent.of(state);
        Optional<Snap> arrived = state.snapshots().stream()
                .filter(snapshot -> snapshot.identity().isEmpty())
                .filter(snapshot -> intent.isPresent() && snapshot.guid().equals(intent.get().guid()))
                .findFirst();
        if (arrived.isPresent()) {
            datasets.set(
                    arrived.get().fullName(), GuestState.SNAPSHOT, intent.get().identity().encode());
        }
        return arrived.isPresent();
    }

    /** The dataset a cut receive can be resumed in. */
    static Optional<Dataset> partial(GuestState state) {
        return Stream.of(GuestDatasets.INCOMING, GuestDatasets.REPLICA)
                .flatMap(part -> state.part(part).stream())
                .filter(dataset -> dataset.property(GuestState.TOKEN).isPresent())
                .findFirst();
    }

    /** Gives up what a cut receive has left to be resumed, in favour of another one. */
    static void abortPartial(GuestDatasets datasets, GuestState state) throws IOException {
        Optional<Dataset> partial = partial(state);
        if (partial.isPresent()) {
            datasets.zfs().run(List.of("zfs", "receive", "-A", partial.get().name()));
        }
    }

    static Optional<Resumable> resumable(GuestState state) {
        Optional<ReceiveIntent> intent = ReceiveIntent.of(state);
        return partial(state)
                .flatMap(dataset -> dataset.property(GuestState.TOKEN))
                .filter(token -> intent.isPresent() && token.length() <= Resumable.MAX_TOKEN)
                .map(token -> new Resumable(intent.get().guid(), token));
    }
}
