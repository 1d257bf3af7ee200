package dev.holdfast.replication.zfs;

import dev.holdfast.replication.zfs.GuestState.Snap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps snapshots from being destroyed by anybody while they are needed. A hold outlives its process; which tags a
 * snapshot carries cannot be listed everywhere, so the tags are few and known.
 */
final class Holds {

    private static final String SENDING = "holdfast:sending";

    private final Zfs zfs;

    /** Transfers by GUID. */
    private final Map<String, Integer> sending = new HashMap<>();

    Holds(Zfs zfs) {
        this.zfs = zfs;
    }

    static String commonWith(String node) {
        return "holdfast:common-" + node;
    }

    /** Each is held once, however many transfers use it; all of them, or none if that fails. */
    synchronized void beginSending(List<Snap> snapshots) throws IOException {
        List<Snap> free = snapshots.stream().filter(snapshot -> !isSending(snapshot)).toList();
        try {
            holdAll(SENDING, free.stream().map(Snap::fullName).toList());
        } catch (IOException failed) {
            releaseAll(SENDING, free.stream().map(Snap::fullName).toList());
            throw failed;
        }
        snapshots.forEach(snapshot -> sending.merge(snapshot.guid(), 1, Integer::sum));
    }

    /** A hold that is left because the snapshot changed its name meanwhile goes with {@link #releaseSending}. */
    synchronized void endSending(List<Snap> snapshots) throws IOException {
        List<String> over = new ArrayList<>();
        for (Snap snapshot : snapshots) {
            if (sending.merge(snapshot.guid(), -1, Integer::sum) <= 0) {
                sending.remove(snapshot.guid());
                over.add(snapshot.fullName());
            }
        }
        releaseAll(SENDING, over);
    }

    /** In one command, if nothing stands against it. */
    private void holdAll(String tag, List<String> snapshots) throws IOException {
        if (!inOne("hold", tag, snapshots)) {
            for (String snapshot : snapshots) {
                hold(tag, snapshot);
            }
        }
    }

    private void releaseAll(String tag, List<String> snapshots) throws IOException {
        if (!inOne("release", tag, snapshots)) {
            for (String snapshot : snapshots) {
                release(tag, snapshot);
            }
        }
    }

    private boolean inOne(String verb, String tag, List<String> snapshots) throws IOException {
        if (snapshots.size() < 2) {
            return false;
        }
        List<String> command = new ArrayList<>(List.of("zfs", verb, tag));
        command.addAll(snapshots);
        try {
            zfs.run(command);
            return true;
        } catch (ZfsFailed oneOfThem) {
            return false;
        }
    }

    synchronized boolean isSending(Snap snapshot) {
        return sending.containsKey(snapshot.guid());
    }

    /** What an earlier process, or an earlier name, has left. */
    synchronized void releaseSending(Snap snapshot) throws IOException {
        if (!isSending(snapshot)) {
            release(SENDING, snapshot.fullName());
        }
    }

    void hold(String tag, String snapshot) throws IOException {
        try {
            zfs.run(List.of("zfs", "hold", tag, snapshot));
        } catch (ZfsFailed failed) {
            if (!failed.says("tag already exists")) {
                throw failed;
            }
        }
    }

    /** Nothing if it does not carry the tag, or is gone. */
    void release(String tag, String snapshot) throws IOException {
        try {
            zfs.run(List.of("zfs", "release", tag, snapshot));
        } catch (ZfsFailed failed) {
            if (!failed.says("no such tag") && !failed.says("does not exist")) {
                throw failed;
            }
        }
    }
}
