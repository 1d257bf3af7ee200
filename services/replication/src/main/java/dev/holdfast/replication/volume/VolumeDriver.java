package dev.holdfast.replication.volume;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A kind of storage for guests' volumes. What is expected to go wrong (a pause too long, a cut, a full disk) is a value
 * of the outcome; an {@link IOException} elsewhere means the storage itself does not answer as it should.
 *
 * <p>Safe for use by several threads. Snapshot, promote and set aside of one guest exclude each other; one receive of a
 * guest runs at a time. No method decides whether it is allowed: that is for {@link Promotion}, {@link Supersession} and
 * whoever accepts a stream.
 *
 * <p>Guest names are 1 to 63 letters, digits, dots, underscores and hyphens; another name is an
 * {@link IllegalArgumentException} everywhere.
 */
public interface VolumeDriver {

    /** Makes an empty live volume unless there is one. It is durable then. */
    void create(String guest) throws IOException;

    /** Guests that have anything here. */
    List<String> guests() throws IOException;

    boolean hasLive(String guest) throws IOException;

    /** Why a guest could not use its live volume as it is, though it is there; empty if it can. */
    default Optional<String> whyUnusable(String guest) throws IOException {
        return Optional.empty();
    }

    /** Whether nothing of the guest is here, complete or not: it has certainly never run on this node. */
    boolean isUntouched(String guest) throws IOException;

    /** Where the guest finds its files. There may be nothing yet. */
    Path livePath(String guest);

    SnapshotOutcome snapshot(SnapshotRequest request);

    /** Taken here, oldest first. */
    List<StoredSnapshot> snapshots(String guest) throws IOException;

    /** Received here and complete, oldest first. */
    List<StoredSnapshot> replicas(String guest) throws IOException;

    /** The newest of both by epoch and sequence. */
    Optional<StoredSnapshot> newest(String guest) throws IOException;

    /** The complete snapshot of that id, if it is here. */
    Optional<StoredSnapshot> find(String guest, String snapshot) throws IOException;

    /** The newest complete snapshot here whose id is among theirs. */
    Optional<StoredSnapshot> newestCommon(String guest, Collection<String> theirs) throws IOException;

    /**
     * What an increment to that snapshot could build on, newest first: ids of snapshots that are here, or of which
     * enough is left. Empty if that snapshot is not here.
     */
    List<String> bases(String guest, String snapshot) throws IOException;

    /**
     * @param base one of {@link #bases} that the other side holds too; empty for a full copy
     * @param snapshot id of a complete snapshot here
     * @throws IOException if there is no such base, or the snapshot is not here
     */
    Increment increment(String guest, Optional<String> base, String snapshot) throws IOException;

    /** What a receive that was cut left behind, if the storage can go on from there. */
    default Optional<Resumable> resumable(String guest) throws IOException {
        return Optional.empty();
    }

    /**
     * The rest of an increment that was cut.
     *
     * @param rest as the other side told it
     * @return empty if this node cannot go on with it: its snapshot or its base is not here any more
     */
    default Optional<Increment> resume(String guest, Resumable rest) throws IOException {
        return Optional.empty();
    }

    /** Reads one increment, or the rest of one, to the end of the stream, which stays open. */
    ReceiveOutcome receive(String guest, InputStream stream);

    /** Keeps in mind that the other node holds this snapshot too: retention keeps the newest common one. */
    void noteCommon(String guest, String node, String snapshot) throws IOException;

    /**
     * Does the slow part of a promotion ahead of it. Harmless if it never comes to one.
     *
     * @throws IOException if the snapshot is not here or there is no room
     */
    void prepare(String guest, String snapshot) throws IOException;

    void discardPrepared(String guest) throws IOException;

    /**
     * Makes live from a snapshot, which stays as a base for increments. Does nothing if this very promotion did it
     * before.
     *
     * @throws IOException if the snapshot is not here, if there is another live, or if there is no room; live is then
     *     as it was
     */
    void promote(String guest, LiveOrigin origin) throws IOException;

    /** Which promotion made the present live; empty if none did. */
    Optional<LiveOrigin> origin(String guest) throws IOException;

    /** What live holds beyond a snapshot. Nobody may write to live meanwhile. */
    Divergence divergence(String guest, String snapshot) throws IOException;

    /**
     * Puts live aside under that name; with a number behind the name if that is taken.
     *
     * @param divergence what live holds of its own, filed with it
     * @throws IOException if there is no live
     */
    Aside setAside(String guest, String name, Divergence divergence) throws IOException;

    /** Everything set aside, by name. */
    List<Aside> asides(String guest) throws IOException;

    /** Deletes what was set aside under that name, for an expiry or a person; nothing if it is not there. */
    void deleteAside(String guest, String name) throws IOException;

    /**
     * Deletes live if the snapshot holds all of it.
     *
     * @return false, with nothing done, if live holds anything else or the snapshot is not here
     */
    boolean dropLiveHeldBy(String guest, String snapshot) throws IOException;

    /**
     * Deletes old snapshots. Kept are the newest {@code keep}, the newest common one of every node, those named, and
     * those in use.
     *
     * @param keep 1 or more
     * @return ids of what was deleted
     */
    List<String> retain(String guest, int keep, Set<String> alsoKeep) throws IOException;

    Usage usage(String guest) throws IOException;
}
