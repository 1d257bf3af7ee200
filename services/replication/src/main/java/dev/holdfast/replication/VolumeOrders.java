package dev.holdfast.replication;

import dev.holdfast.core.event.GuestEvent.DropAside;
import dev.holdfast.core.event.GuestEvent.PromoteReplica;
import dev.holdfast.core.event.GuestEvent.SetAside;
import dev.holdfast.core.message.ReplicaReport;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.guard.client.Answer;
import dev.holdfast.guard.client.GuardClient;
import dev.holdfast.guard.protocol.GuestView;
import dev.holdfast.replication.volume.Aside;
import dev.holdfast.replication.volume.Promotion;
import dev.holdfast.replication.volume.ReceiveKill;
import dev.holdfast.replication.volume.ReplicaFloors;
import dev.holdfast.replication.volume.Supersession;
import dev.holdfast.replication.volume.VolumeDriver;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Carries out what is ordered about a volume; whatever happens is the report (rule R11). */
final class VolumeOrders {

    private final String node;
    private final Incarnation incarnation;
    private final GuardClient guard;
    private final VolumeDriver driver;
    private final Promotion promotion;
    private final Supersession supersession;

    VolumeOrders(
            String node,
            Incarnation incarnation,
            GuardClient guard,
            VolumeDriver driver,
            ReplicaFloors floors,
            ReceiveKill receives) {
        this.node = node;
        this.incarnation = incarnation;
        this.guard = guard;
        this.driver = driver;
        this.promotion = new Promotion(driver, incarnation, floors, receives, this::userOf);
        this.supersession = new Supersession(driver, incarnation, floors, receives, this::userOf);
    }

    /** ReplicaPromoted or PromoteFailed. */
    ReplicaReport promote(PromoteReplica order) {
        Promotion.Outcome outcome = promotion.run(new Promotion.Command(
                order.guest(), order.epoch(), order.incarnation(), Optional.ofNullable(order.minimum())));
        return switch (outcome) {
            case Promotion.Outcome.Promoted promoted -> new ReplicaReport.ReplicaPromoted(
                    order.guest(), node, incarnation, order.epoch(), promoted.snapshot().snapshot());
            case Promotion.Outcome.Refused refused -> new ReplicaReport.PromoteFailed(
                    order.guest(), node, incarnation, order.epoch(), refused.refusal().detail());
        };
    }

    /** SetAsideDone or SetAsideFailed. */
    ReplicaReport setAside(SetAside order) {
        Supersession.Outcome outcome = supersession.run(new Supersession.Command(
                order.guest(), order.epoch(), order.incarnation(),
                order.promoted() == null ? "" : order.promoted()));
        return switch (outcome) {
            case Supersession.Outcome.Done done -> new ReplicaReport.SetAsideDone(
                    order.guest(), node, incarnation, order.epoch(), done.aside().map(Aside::name).orElse(""),
                    done.aside().map(Aside::divergentBytes).orElse(0L), order.promoted());
            case Supersession.Outcome.Refused refused -> new ReplicaReport.SetAsideFailed(
                    order.guest(), node, incarnation, order.epoch(), refused.refusal().detail());
        };
    }

    /** DropAsideDone or DropAsideFailed. */
    ReplicaReport dropAside(DropAside order) {
        try {
            driver.deleteAside(order.guest(), order.aside());
            return new ReplicaReport.DropAsideDone(order.guest(), node, incarnation, order.aside());
        } catch (IOException | IllegalArgumentException failed) {
            return new ReplicaReport.DropAsideFailed(
                    order.guest(), node, incarnation, order.aside(), String.valueOf(failed.getMessage()));
        }
    }

    /** The guard knows every process of a guest; if it does not say, somebody may be using the volume. */
    private Optional<String> userOf(String guest) {
        return switch (guard.list()) {
            case Answer.Given<List<GuestView>> given -> given.value().stream()
                    .filter(view -> view.guest().equals(guest))
                    .findFirst()
                    .map(view -> "process " + view.main() + " of epoch " + view.epoch());
            case Answer.Refused<List<GuestView>> refused -> Optional.of("unknown: " + refused.detail());
        };
    }
}
