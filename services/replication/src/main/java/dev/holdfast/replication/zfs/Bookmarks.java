package dev.holdfast.replication.zfs;

import dev.holdfast.replication.zfs.GuestState.Dataset;
import dev.holdfast.replication.zfs.GuestState.Mark;
import dev.holdfast.replication.zfs.GuestState.Snap;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What stays of a snapshot that was sent when somebody destroys it: its GUID and when it came into being, which is all
 * that the source of an increment needs of its base. A bookmark is named like its snapshot.
 */
final class Bookmarks {

    /** How many of gone snapshots stay, of those that no node is known to hold: the answer to the last may be lost. */
    private static final int KEPT = 16;

    private final GuestDatasets datasets;

    Bookmarks(GuestDatasets datasets) {
        this.datasets = datasets;
    }

    /** Before the first byte of it leaves: from then on the other side may hold it. */
    void keep(GuestState state, Snap snapshot) throws IOException {
        String name = snapshot.dataset() + "#" + snapshot.name();
        for (Mark mark : state.marks()) {
            if (mark.fullName().equals(name)) {
                if (mark.guid().equals(snapshot.guid())) {
                    return;
                }
                // Of a snapshot of that name that was rolled back.
                destroy(mark);
            }
        }
        try {
            datasets.zfs().run(List.of("zfs", "bookmark", snapshot.fullName(), name));
        } catch (ZfsFailed failed) {
            // By a transfer to another node that began at the same moment.
            if (!failed.says("exists")) {
                throw failed;
            }
        }
    }

    /** @param needed GUIDs that must stay */
    void retain(GuestState state, Set<String> needed) throws IOException {
        Set<String> here = state.snapshots().stream().map(Snap::guid).collect(Collectors.toSet());
        List<Mark> gone = state.marks().stream()
                .filter(mark -> mark.looksLikeOurs() && !here.contains(mark.guid()) && !needed.contains(mark.guid()))
                .toList();
        for (Mark mark : gone.subList(0, Math.max(0, gone.size() - KEPT))) {
            destroy(mark);
        }
    }

    /** A bookmark of something younger stands in the way of a rollback. */
    void dropYounger(GuestState state, Dataset dataset, Snap snapshot) throws IOException {
        for (Mark mark : state.marks()) {
            if (mark.dataset().equals(dataset.name()) && mark.createdTxg() > snapshot.createdTxg()) {
                destroy(mark);
            }
        }
    }

    private void destroy(Mark mark) throws IOException {
        try {
            datasets.destroy(mark.fullName());
        } catch (ZfsFailed failed) {
            if (!failed.says("does not exist")) {
                throw failed;
            }
        }
    }
}
