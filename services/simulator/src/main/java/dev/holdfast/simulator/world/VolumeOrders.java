package dev.holdfast.simulator.world;

import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.message.ReplicaReport;
import dev.holdfast.core.message.Snapshot;
import dev.holdfast.core.volume.ReplicaFloor;
import dev.holdfast.core.volume.ReplicaFloor.Purpose;
import dev.holdfast.core.volume.VolumeRule;
import dev.holdfast.simulator.fault.Fault;
import dev.holdfast.simulator.invariant.VolumeChange;

/** Orders by which a volume changes hands, as one life carries them out (rule R11). */
final class VolumeOrders {

    private final Life life;
    private final Machine machine;
    private final World world;
    private final Replication replication;

    VolumeOrders(Life life, Replication replication) {
        this.life = life;
        this.machine = life.machine;
        this.world = life.world;
        this.replication = replication;
    }

    void promote(GuestEvent.PromoteReplica order) {
        String guest = order.guest();
        String refusal = replication.gate(guest, new ReplicaFloor(order.epoch(), Purpose.PROMOTE, order.incarnation()));
        Volume volume = machine.disk.volume(guest);
        Volume.Stored newest = volume.newest();
        boolean again = volume.origin != null && volume.origin.epoch() == order.epoch()
                && volume.origin.incarnation().equals(order.incarnation());
        if (refusal == null && again) {
            Volume.Stored made = volume.find(volume.origin.snapshot());
            if (made == null) {
                failed(order, "it was promoted before, from a snapshot that is gone since");
            } else {
                promoted(order, made.snapshot());
            }
            return;
        }
        if (refusal == null && newest == null) {
            refusal = "no snapshot is here";
        } else if (refusal == null && VolumeRule.tooOld(newest.snapshot(), order.minimum())) {
            refusal = "the newest is too old";
        } else if (refusal == null && replication.inUse(guest)) {
            refusal = "in use";
        }
        if (refusal != null) {
            failed(order, refusal);
            return;
        }
        boolean cut = machine.promotionCut;
        machine.promotionCut = false;
        life.in(world.chance.millis(1, 40), () -> {
            if (cut && world.chance.oneIn(2)) {
                cutShort(order);
                return;
            }
            volume.live = null;
            world.invariants.volume(new VolumeChange.Promoted(
                    guest, machine.name, order.epoch(), newest.snapshot(), order.minimum(), replication.inUse(guest)));
            life.in(world.chance.millis(1, 10), () -> {
                if (cut) {
                    cutShort(order);
                    return;
                }
                volume.live = newest.content();
                volume.origin = new Volume.Origin(order.epoch(), order.incarnation(), newest.snapshot().id());
                promoted(order, newest.snapshot());
            });
        });
    }

    /** Ends half-way: the services die, or the storage fails. */
    private void cutShort(GuestEvent.PromoteReplica order) {
        world.struck(Fault.PROMOTION_CUT);
        if (world.chance.oneIn(2)) {
            machine.crashServices();
        } else {
            failed(order, "the storage failed");
        }
    }

    private void promoted(GuestEvent.PromoteReplica order, Snapshot snapshot) {
        life.replicaReports.file(new ReplicaReport.ReplicaPromoted(
                order.guest(), machine.name, life.incarnation(), order.epoch(), snapshot));
        replication.done(order.guest());
    }

    private void failed(GuestEvent.PromoteReplica order, String reason) {
        life.replicaReports.file(new ReplicaReport.PromoteFailed(
                order.guest(), machine.name, life.incarnation(), order.epoch(), reason));
        replication.done(order.guest());
    }

    void setAside(GuestEvent.SetAside order) {
        String guest = order.guest();
        String refusal = replication.gate(guest, new ReplicaFloor(order.epoch(), Purpose.SET_ASIDE, order.incarnation()));
        if (refusal == null && replication.inUse(guest)) {
            refusal = "in use";
        }
        if (refusal != null) {
            life.replicaReports.file(new ReplicaReport.SetAsideFailed(
                    guest, machine.name, life.incarnation(), order.epoch(), refusal));
        } else {
            Volume volume = machine.disk.volume(guest);
            world.invariants.volume(new VolumeChange.SetAside(guest, machine.name, order.epoch(), replication.inUse(guest)));
            Volume.Stored promoted = order.promoted() == null ? null : volume.find(order.promoted());
            boolean diverged = volume.live != null && (promoted == null || !promoted.content().holds(volume.live));
            volume.live = null;
            volume.origin = null;
            life.replicaReports.file(new ReplicaReport.SetAsideDone(
                    guest, machine.name, life.incarnation(), order.epoch(), diverged ? "aside" : "", diverged ? 1 : 0,
                    order.promoted()));
        }
        replication.done(guest);
    }
}
