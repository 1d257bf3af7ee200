package dev.holdfast.replication.zfs;

import dev.holdfast.replication.volume.Aside;
import dev.holdfast.replication.volume.Failure;
import dev.holdfast.replication.volume.ReceiveOutcome;
import dev.holdfast.replication.volume.ReceiveOutcome.Failed;
import dev.holdfast.replication.volume.ReceiveOutcome.Reason;
import dev.holdfast.replication.volume.Steps;
import dev.holdfast.replication.volume.StoredSnapshot;
import dev.holdfast.replication.volume.StreamFailed;
import dev.holdfast.replication.zfs.GuestState.Dataset;
import dev.holdfast.replication.zfs.GuestState.Snap;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives one increment.
 *
 * <p>It goes into the replica if that ends in the base, untouched. Otherwise the replica is made anew from the base,
 * wherever that is, and whatever is in the way is kept under another name. A full copy goes into a dataset of its own
 * until it is complete. A received snapshot counts once its identity is set.
 */
final class ZfsReceive {

    private static final Logger LOG = LoggerFactory.getLogger(ZfsReceive.class);

    /** A receive ends with one sync of the pool. */
    private static final Duration END = Duration.ofMinutes(2);

    private final GuestDatasets datasets;
    private final InputStream stream;
    private final Steps steps;
    private long bytes;

    ZfsReceive(GuestDatasets datasets, InputStream stream, Steps steps) {
        this.datasets = datasets;
        this.stream = stream;
        this.steps = steps;
    }

    ReceiveOutcome receive() {
        try {
            steps.reached(Steps.Step.RECEIVE_STARTED);
            StreamHead head = StreamHead.readFrom(stream);
            if (!head.guest().equals(datasets.guest)) {
                return new Failed(Reason.INVALID, "the stream is of guest '" + head.guest() + "'");
            }
            return receive(head);
        } catch (StreamFailed e) {
            return new Failed(Reason.CUT, Failure.describe(e));
        } catch (StreamHead.Invalid e) {
            return new Failed(Reason.INVALID, Failure.describe(e));
        } catch (ZfsFailed e) {
            Reason reason = reason(e);
            if (reason == Reason.NO_SPACE) {
                makeRoom();
            }
            return new Failed(reason, Failure.describe(e));
        } catch (IOException e) {
            return new Failed(Reason.IO, Failure.describe(e));
        }
    }

    /** What came of the stream is kept to go on from; on a full pool that would keep the replica from being promoted. */
    private void makeRoom() {
        try {
            Tidying.abortPartial(datasets, datasets.state());
        } catch (IOException left) {
            LOG.warn("what was received of {} before its pool was full is still there: {}", datasets.guest, left.getMessage());
        }
    }

    private ReceiveOutcome receive(StreamHead head) throws IOException {
        GuestState state = settled();
        Optional<Snap> present = state.find(head.guid());
        if (present.isPresent()) {
            return new ReceiveOutcome.Stored(present.get().stored(), 0);
        }
        steps.reached(Steps.Step.MANIFEST_READ);
        if (head.kind() == StreamHead.Kind.REST) {
            return resume(state, head);
        }
        Tidying.abortPartial(datasets, state);
        if (head.base().isEmpty()) {
            datasets.zfs().run(intent(head));
            return into(GuestDatasets.INCOMING, head);
        }
        Optional<Snap> base = state.find(head.base().get());
        if (base.isEmpty()) {
            return new Failed(Reason.NO_BASE, "snapshot " + head.base().get() + " is not here");
        }
        endInBase(state, base.get());
        datasets.zfs().run(intent(head));
        return into(GuestDatasets.REPLICA, head);
    }

    /** The guest's datasets, with whatever an earlier receive left finished or out of the way. */
    private GuestState settled() throws IOException {
        datasets.lock.lock();
        try {
            GuestState state = datasets.state();
            if (!state.exists()) {
                datasets.createContainer();
                return datasets.state();
            }
            return Tidying.afterReceive(datasets, state);
        } finally {
            datasets.lock.unlock();
        }
    }

    private List<String> intent(StreamHead head) {
        return List.of(
                "zfs", "set", GuestState.RECEIVING + "=" + ReceiveIntent.of(head).encode(), datasets.container());
    }

    /** Sees to it that there is a replica and that it ends in the base. */
    private void endInBase(GuestState state, Snap base) throws IOException {
        Optional<Snap> head = state.part(GuestDatasets.REPLICA).flatMap(state::head);
        if (!head.equals(Optional.of(base))) {
            datasets.lock.lock();
            try {
                datasets.forkReplica(state, base);
            } finally {
                datasets.lock.unlock();
            }
        }
    }

    private ReceiveOutcome resume(GuestState state, StreamHead head) throws IOException {
        boolean expected = ReceiveIntent.of(state).filter(ReceiveIntent.of(head)::equals).isPresent();
        Optional<Dataset> partial = Tidying.partial(state);
        if (!expected || partial.isEmpty()) {
            return new Failed(Reason.NO_BASE, "nothing is here that snapshot " + head.guid() + " could be the rest of");
        }
        boolean full = partial.get().name().equals(datasets.named(GuestDatasets.INCOMING));
        try {
            return into(full ? GuestDatasets.INCOMING : GuestDatasets.REPLICA, head);
        } catch (ZfsFailed failed) {
            if (reason(failed) != Reason.BUSY) {
                // It would be refused again for ever, with everything that comes after it.
                Tidying.abortPartial(datasets, datasets.state());
            }
            throw failed;
        }
    }

    private ReceiveOutcome into(String part, StreamHead head) throws IOException {
        String snapshot = datasets.named(part) + "@" + head.identity().name();
        List<String> command = new ArrayList<>(List.of("zfs", "receive"));
        if (datasets.can().resumeTokens()) {
            command.add("-s");
        }
        // Not mounted, and never forced: a forced receive destroys what is in its way.
        command.addAll(List.of("-u", snapshot));
        try {
            pump(command);
        } catch (ZfsFailed failed) {
            if (reason(failed) == Reason.CHANGED) {
                return putChangedAside(failed);
            }
            throw failed;
        }
        steps.reached(Steps.Step.TREE_SYNCED);
        return complete(part, snapshot, head);
    }

    /**
     * Hands the stream to the command, always one buffer behind: what carried the stream may have a checksum at its
     * end, and it is asked before ZFS sees the end.
     */
    private void pump(List<String> command) throws IOException {
        try (ZfsStream receiving = datasets.zfs().start(command)) {
            byte[] held = new byte[64 * 1024];
            byte[] next = new byte[64 * 1024];
            int heldBytes = read(held);
            try {
                while (heldBytes >= 0) {
                    int nextBytes = read(next);
                    write(receiving, held, heldBytes);
                    byte[] free = held;
                    held = next;
                    next = free;
                    heldBytes = nextBytes;
                }
                receiving.input().close();
            } catch (RefusedBytes refused) {
                receiving.finish(END);
                throw new StreamHead.Invalid("bytes after its end");
            }
            receiving.finish(END);
        }
    }

    private int read(byte[] buffer) throws StreamFailed {
        try {
            int read = stream.read(buffer, 0, buffer.length);
            bytes += Math.max(read, 0);
            return read;
        } catch (IOException e) {
            throw new StreamFailed(e);
        }
    }

    /** The command reads no more; its exit says why. */
    private static final class RefusedBytes extends IOException {}

    private void write(ZfsStream receiving, byte[] buffer, int length) throws IOException {
        OutputStream input = receiving.input();
        try {
            input.write(buffer, 0, length);
            input.flush();
        } catch (IOException broken) {
            throw new RefusedBytes();
        }
        steps.reached(Steps.Step.PART_WRITTEN);
    }

    private ReceiveOutcome complete(String part, String snapshot, StreamHead head) throws IOException {
        datasets.lock.lock();
        try {
            List<String> known = datasets.zfs()
                    .run(List.of("zfs", "get", "-Hp", "-o", "value", "guid,referenced", snapshot));
            String guid = known.get(0);
            if (!guid.equals(head.guid())) {
                return new Failed(
                        Reason.INVALID, "the stream brought snapshot " + guid + " where its head says " + head.guid());
            }
            datasets.set(snapshot, GuestState.SNAPSHOT, head.identity().encode());
            steps.reached(Steps.Step.MANIFEST_SYNCED);
            if (part.equals(GuestDatasets.INCOMING)) {
                datasets.becomeReplica(datasets.state(), GuestDatasets.INCOMING);
            }
            steps.reached(Steps.Step.SNAPSHOT_RENAMED);
            StoredSnapshot stored = new StoredSnapshot(
                    head.identity().snapshot(guid), Long.parseLong(known.get(1)), OptionalInt.empty());
            return new ReceiveOutcome.Stored(stored, bytes);
        } finally {
            datasets.lock.unlock();
        }
    }

    private ReceiveOutcome putChangedAside(ZfsFailed failed) throws IOException {
        datasets.lock.lock();
        try {
            GuestState state = datasets.state();
            Dataset replica = state.part(GuestDatasets.REPLICA).orElseThrow(() -> failed);
            Snap base = state.completeHead(replica).orElseThrow(() -> failed);
            Identity since = base.identity().orElseThrow();
            Aside aside = new Asides(datasets)
                    .addChanged(state, replica, since.epoch(), Optional.of(since.takenAt()));
            GuestState renamed = datasets.state();
            datasets.forkReplica(renamed, renamed.find(base.guid()).orElseThrow(() -> failed));
            return new Failed(
                    Reason.CHANGED,
                    "the replica was changed by somebody since " + base.stored().snapshot() + ", which is kept aside as "
                            + aside.name() + "; " + failed.getMessage());
        } finally {
            datasets.lock.unlock();
        }
    }

    static Reason reason(ZfsFailed failed) {
        if (failed.says("out of space") || failed.says("No space left") || failed.says("quota exceeded")) {
            return Reason.NO_SPACE;
        }
        if (failed.says("has been modified")) {
            return Reason.CHANGED;
        }
        if (failed.says("does not match incremental source")) {
            return Reason.NO_BASE;
        }
        if (failed.says("busy")) {
            return Reason.BUSY;
        }
        boolean damaged = failed.says("invalid") || failed.says("incomplete") || failed.says("checksum")
                || failed.says("failed to read from stream");
        return damaged ? Reason.INVALID : Reason.IO;
    }
}
