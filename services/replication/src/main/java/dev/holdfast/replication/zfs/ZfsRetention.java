package dev.holdfast.replication.zfs;

import dev.holdfast.replication.volume.VolumeName;
import dev.holdfast.replication.zfs.GuestState.Dataset;
import dev.holdfast.replication.zfs.GuestState.Snap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which snapshots a guest's nodes have in common, and which of the others may go. */
final class ZfsRetention {

    private final GuestDatasets datasets;

    ZfsRetention(GuestDatasets datasets) {
        this.datasets = datasets;
    }

    /** Holds the new one before it lets the old one go: there is always a base that nobody can destroy. */
    void noteCommon(String node, String guid) throws IOException {
        VolumeName.require("node", node);
        GuestState state = datasets.state();
        Map<String, String> common = common(state);
        String before = common.put(node, guid);
        if (guid.equals(before)) {
            return;
        }
        Optional<Snap> now = state.find(guid);
        if (now.isPresent()) {
            datasets.holds.hold(Holds.commonWith(node), now.get().fullName());
        }
        datasets.set(datasets.container(), GuestState.COMMON, encode(common));
        Optional<Snap> old = Optional.ofNullable(before).flatMap(state::find);
        if (old.isPresent()) {
            datasets.holds.release(Holds.commonWith(node), old.get().fullName());
        }
    }

    List<String> retain(int keep, Set<String> alsoKeep) throws IOException {
        if (keep < 1) {
            throw new IllegalArgumentException("keep " + keep + ": the last snapshot always stays, use 1 or more");
        }
        GuestState state = datasets.state();
        Map<String, String> common = common(state);
        Set<String> kept = new HashSet<>(alsoKeep);
        kept.addAll(common.values());
        Set<String> origins = state.origins();
        List<Snap> all = state.complete();
        List<String> deleted = new ArrayList<>();
        for (Snap old : all.subList(0, Math.max(0, all.size() - keep))) {
            boolean needed = kept.contains(old.guid())
                    || origins.contains(old.fullName())
                    || datasets.holds.isSending(old);
            if (!needed && destroy(old, common.keySet())) {
                deleted.add(old.guid());
            }
        }
        GuestState left = deleted.isEmpty() ? state : datasets.state();
        dropEmptyBranches(left);
        new Bookmarks(datasets).retain(left, kept);
        return deleted;
    }

    private boolean destroy(Snap old, Set<String> nodes) throws IOException {
        if (old.holds() > 0) {
            datasets.holds.releaseSending(old);
            for (String node : nodes) {
                datasets.holds.release(Holds.commonWith(node), old.fullName());
            }
        }
        try {
            datasets.destroy(old);
            return true;
        } catch (ZfsFailed failed) {
            // Held or cloned by somebody, or destroyed already: theirs to say.
            if (failed.says("busy") || failed.says("dependent clones") || failed.says("does not exist")) {
                return false;
            }
            throw failed;
        }
    }

    private void dropEmptyBranches(GuestState state) throws IOException {
        for (Dataset branch : state.partsBeginning(GuestDatasets.BRANCH)) {
            if (state.snapshotsOf(branch).isEmpty()) {
                datasets.destroy(branch.name());
            }
        }
    }

    private static Map<String, String> common(GuestState state) {
        Map<String, String> common = new TreeMap<>();
        for (String entry : state.containerProperty(GuestState.COMMON).orElse("").split(" ")) {
            String[] pair = entry.split("=", 2);
            if (pair.length == 2) {
                common.put(pair[0], pair[1]);
            }
        }
        return common;
    }

    private static String encode(Map<String, String> common) {
        return common.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
    }
}
