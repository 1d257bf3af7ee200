package dev.holdfast.replication;

import dev.holdfast.core.message.Snapshot;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.replication.transfer.Hello;
import dev.holdfast.replication.transfer.ReplicaSender;
import dev.holdfast.replication.transfer.SendOutcome;
import dev.holdfast.replication.volume.VolumeDriver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Sends snapshots over TCP, each to the incarnation of the target that the log shows at that moment. */
public final class TcpSender implements SnapshotSender {

    private static final ReplicaSender.Config LIMITS =
            new ReplicaSender.Config(Duration.ofSeconds(2), Stall.LIMIT, Duration.ofSeconds(60));

    private final String node;
    private final Incarnation incarnation;
    private final VolumeDriver driver;
    private final ReplicaSender sender;
    private final Function<String, InetSocketAddress> addresses;
    private final Function<String, Optional<Incarnation>> incarnations;

    /**
     * @param addresses where a node's replication listens; looked up for each transfer
     * @param incarnations the newest incarnation of a node that was read on the log
     */
    public TcpSender(
            String node,
            Incarnation incarnation,
            VolumeDriver driver,
            Function<String, InetSocketAddress> addresses,
            Function<String, Optional<Incarnation>> incarnations) {
        this.node = node;
        this.incarnation = incarnation;
        this.driver = driver;
        this.sender = new ReplicaSender(driver, LIMITS);
        this.addresses = addresses;
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
            return switch (sender.send(addresses.apply(target), hello, sent -> { })) {
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
}
