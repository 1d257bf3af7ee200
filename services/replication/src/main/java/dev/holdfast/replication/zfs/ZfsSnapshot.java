package dev.holdfast.replication.zfs;

import dev.holdfast.replication.volume.Failure;
import dev.holdfast.replication.volume.PauseFailed;
import dev.holdfast.replication.volume.PauseTooLong;
import dev.holdfast.replication.volume.SnapshotOutcome;
import dev.holdfast.replication.volume.SnapshotOutcome.Dropped;
import dev.holdfast.replication.volume.SnapshotOutcome.Reason;
import dev.holdfast.replication.volume.SnapshotOutcome.Taken;
import dev.holdfast.replication.volume.SnapshotRequest;
import dev.holdfast.replication.volume.StandStill;
import dev.holdfast.replication.volume.Steps;
import dev.holdfast.replication.volume.StoredSnapshot;
import dev.holdfast.replication.zfs.GuestState.Dataset;
import dev.holdfast.replication.zfs.GuestState.Snap;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Takes one snapshot, which counts once its identity is set: after the guest was let go and had stood still until then.
 * One that was not is destroyed, here or when the driver opens.
 */
final class ZfsSnapshot {

    private final GuestDatasets datasets;
    private final SnapshotRequest request;
    private final Steps steps;
    private final StandStill standStill;

    ZfsSnapshot(GuestDatasets datasets, SnapshotRequest request, Steps steps) {
        this.datasets = datasets;
        this.request = request;
        this.steps = steps;
        this.standStill = new StandStill(steps);
    }

    SnapshotOutcome take() {
        try {
            GuestState state = datasets.state();
            Optional<Dataset> live = state.part(GuestDatasets.LIVE);
            if (live.isEmpty()) {
                return dropped(Reason.NO_VOLUME, "there is no " + datasets.named(GuestDatasets.LIVE));
            }
            if (state.hasChildren(live.get())) {
                return dropped(
                        Reason.UNSUITABLE,
                        live.get().name() + " has child datasets, which would not be replicated: copy their files into"
                                + " it, or give each to a guest of its own, and destroy them");
            }
            Optional<Snap> newest = state.complete().reversed().stream().findFirst();
            if (newest.isPresent() && !isNewerThan(newest.get().identity().orElseThrow())) {
                return dropped(Reason.NOT_NEWER, "there is a snapshot of " + newest.get().stored().snapshot());
            }
            return take(state, live.get());
        } catch (PauseTooLong e) {
            return dropped(Reason.PAUSE_TOO_LONG, Failure.describe(e));
        } catch (PauseFailed e) {
            return dropped(e.reason(), Failure.describe(e));
        } catch (ZfsFailed e) {
            return dropped(e.says("out of space") || e.says("quota exceeded") ? Reason.NO_SPACE : Reason.IO, Failure.describe(e));
        } catch (IOException e) {
            return dropped(Reason.IO, Failure.describe(e));
        }
    }

    private Dropped dropped(Reason reason, String detail) {
        return new Dropped(reason, standStill.lasted(), detail);
    }

    private boolean isNewerThan(Identity newest) {
        return request.epoch() > newest.epoch()
                || request.epoch() == newest.epoch() && request.sequence() > newest.sequence();
    }

    private SnapshotOutcome take(GuestState state, Dataset live) throws IOException {
        datasets.syncLive(live);
        // Read before the guest stands still: what it wrote until then is in the snapshot, perhaps a little more.
        Duration takenAt = request.witnessClock().get();
        Identity identity = new Identity(
                request.epoch(), request.sequence(), takenAt, request.owner(), request.ownerIncarnation());
        String name = live.name() + "@" + identity.name();
        if (state.snapshots().stream().anyMatch(left -> left.fullName().equals(name))) {
            // Of a pause that was broken, and could not be destroyed then.
            datasets.destroy(name);
        }
        try {
            standStill.read(
                    request.pause(), request.maxPause(), limit -> datasets.zfs().run(List.of("zfs", "snapshot", name)));
        } catch (IOException worthless) {
            destroyIfThere(name);
            throw worthless;
        }
        steps.reached(Steps.Step.GUEST_RESUMED);
        datasets.set(name, GuestState.SNAPSHOT, identity.encode());
        steps.reached(Steps.Step.MANIFEST_SYNCED);
        List<String> known = datasets.zfs()
                .run(List.of("zfs", "get", "-Hp", "-o", "value", "guid,referenced", name));
        StoredSnapshot stored = new StoredSnapshot(
                identity.snapshot(known.get(0)), Long.parseLong(known.get(1)), OptionalInt.empty());
        return new Taken(stored, standStill.lasted(), OptionalLong.empty());
    }

    private void destroyIfThere(String name) {
        try {
            datasets.destroy(name);
        } catch (IOException neverMadeOrLeft) {
            // Without an identity it counts for nothing, and the next snapshot of that name destroys it first.
        }
    }
}
