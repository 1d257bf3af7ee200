package dev.holdfast.core.model.volume;

import dev.holdfast.core.volume.ReplicaFloor;
import dev.holdfast.core.volume.VolumeRule;

/** The rules as the product's own code has them where it is pure; a mistake overrides one. */
class Rules {

    /** Whether what is for another incarnation, or not outstanding, has no effect: then it need not be kept. */
    boolean forgetsWhatIsOver() {
        return true;
    }

    boolean notMine(Order order, Site site) {
        return VolumeRule.notMine(order.asked(), site.incarnation()).isPresent();
    }

    boolean forbids(ReplicaFloor present, ReplicaFloor asked) {
        return VolumeRule.forbids(present, asked);
    }

    ReplicaFloor raised(ReplicaFloor present, ReplicaFloor asked) {
        return VolumeRule.raised(present, asked);
    }

    boolean tooOld(Snap newest, Snap minimum) {
        return VolumeRule.tooOld(newest.real(), minimum == null ? null : minimum.real());
    }

    /** Retold from the replication service, as the steps around it are. */
    Site receivesKilled(Site site) {
        return site.withoutReceives();
    }

    /** Retold: whether this very promotion has made the live volume already. */
    boolean isDone(Order order, Site site) {
        return site.live() != null && site.live().madeBy() == order.epoch();
    }

    Site afterFailure(Site site) {
        return site.fails();
    }

    /** Retold from the decision maker: a promotion counts only for the outstanding one. */
    boolean counts(Mind mind, Order done) {
        return mind.phase() == Mind.Phase.PROMOTING && mind.outstanding().equals(done);
    }

    /** What a node is believed to hold after it said that it stored a snapshot. */
    Snap believed(Snap before, Snap stored) {
        return Believing.REAL.after(before, stored);
    }
}
