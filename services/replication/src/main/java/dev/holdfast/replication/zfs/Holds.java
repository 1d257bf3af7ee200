package dev.holdfast.replication.zfs;

import dev.holdfast.replication.zfs.GuestState.Snap;
import java.io.IOException;
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

    /** Held once, however many transfers use it. */
    synchronized void beginSending(Snap snapshot) throws IOException {
        if (!sending.containsKey(snapshot.guid())) {
            hold(SENDING, snapshot.fullName());
        }
        sending.merge(snapshot.guid(), 1, Integer::sum);
    }

    /** A hold that is left because the snapshot changed its name meanwhile goes with {@link #releaseSending}. */
    synchronized void endSending(Snap snapshot) throws IOException {
        if (sending.merge(snapshot.guid(), -1, Integer::sum) <= 0) {
            sending.remove(snapshot.guid());
            release(SENDING, snapshot.fullName());
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
