package dev.holdfast.replication;

import dev.holdfast.core.message.Snapshot;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.replication.transfer.Hello;
import dev.holdfast.replication.transfer.Progress;
import dev.holdfast.replication.transfer.ReplicaSender;
import dev.holdfast.replication.transfer.SendOutcome;
import dev.holdfast.replication.transport.Bandwidth;
import dev.holdfast.replication.transport.Route;
import dev.holdfast.replication.volume.VolumeDriver;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends snapshots, each over a connection of its own to the incarnation of the target that the log shows then. */
public final class RoutedSender implements SnapshotSender {

    private static final Logger LOG = LoggerFactory.getLogger(RoutedSender.class);
    private static final Duration STORE_LIMIT = Duration.ofSeconds(60);
    private static final double MIB = 1 << 20;

    private final String node;
    private final Incarnation incarnation;
    private final ReplicaSender sender;
    private final Function<String, Route> routes;
    private final Function<String, Optional<Incarnation>> incarnations;

    /**
     * @param routes the way to a node; asked for each transfer
     * @param connectLimit how long the way there may take
     * @param bandwidth shared by all transfers of this node
     * @param incarnations the newest incarnation of a node that was read on the log
     */
    public RoutedSender(
            String node,
            Incarnation incarnation,
            VolumeDriver driver,
            Function<String, Route> routes,
            Duration connectLimit,
            Bandwidth bandwidth,
            Function<String, Optional<Incarnation>> incarnations) {
        this.node = node;
        this.incarnation = incarnation;
        this.sender = new ReplicaSender(
                driver, new ReplicaSender.Config(connectLimit, Stall.LIMIT, STORE_LIMIT), bandwidth);
        this.routes = routes;
        this.incarnations = incarnations;
    }

    @Override
    public Sent send(String guest, Snapshot snapshot, String target) {
        Optional<Incarnation> known = incarnations.apply(target);
        if (known.isEmpty()) {
            return new Sent.Failed(target + " has not beaten since this node began");
        }
        try {
            Hello hello = new Hello(
                    guest, snapshot.epoch(), node, incarnation, target, known.get(), snapshot.id(),
                    sender.bases(guest, snapshot.id()));
            return switch (sender.send(routes.apply(target), hello, new Told(guest, target))) {
                case SendOutcome.Stored stored when stored.snapshot().id().equals(snapshot.id()) ->
                    new Sent.Arrived(stored.bytes());
                // The rest of an older one, whose transfer had been cut: this one comes now.
                case SendOutcome.Stored older -> send(guest, snapshot, target);
                case SendOutcome.Refused refused -> new Sent.Failed(refused.refusal().detail());
                case SendOutcome.Failed failed -> new Sent.Failed(failed.reason() + ": " + failed.detail());
            };
        } catch (IOException unreadable) {
            return new Sent.Failed(unreadable.getMessage());
        }
    }

    /** A transfer that takes long says now and then how far it is. */
    private static final class Told implements Consumer<Progress> {

        private static final Duration EVERY = Duration.ofSeconds(10);

        private final String guest;
        private final String target;
        private Duration next = EVERY;

        private Told(String guest, String target) {
            this.guest = guest;
            this.target = target;
        }

        @Override
        public void accept(Progress progress) {
            if (progress.took().compareTo(next) >= 0) {
                next = progress.took().plus(EVERY);
                LOG.info("sending {} to {}: {} MiB so far, {} MiB/s", guest, target,
                        Math.round(progress.bytes() / MIB), "%.1f".formatted(progress.bytesPerSecond() / MIB));
            }
        }
    }
}
