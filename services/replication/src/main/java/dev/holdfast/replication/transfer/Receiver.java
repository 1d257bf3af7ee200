package dev.holdfast.replication.transfer;

import dev.holdfast.core.volume.ReplicaFloor;
import dev.holdfast.replication.transport.Connection;
import dev.holdfast.replication.volume.ReceiveOutcome;
import dev.holdfast.replication.volume.ReplicaFloors;
import dev.holdfast.replication.volume.Resumable;
import dev.holdfast.replication.volume.StoredSnapshot;
import dev.holdfast.replication.volume.VolumeDriver;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** One connection on the target's side. */
final class Receiver {

    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final ReplicaServer.Config config;
    private final VolumeDriver driver;
    private final ReplicaFloors floors;
    private final InFlightReceives receives;
    private final Consumer<ReceiveEvent> events;
    private final Connection connection;
    private final AtomicLong taken = new AtomicLong();
    private DataOutputStream out;

    Receiver(
            ReplicaServer.Config config,
            VolumeDriver driver,
            ReplicaFloors floors,
            InFlightReceives receives,
            Consumer<ReceiveEvent> events,
            Connection connection) {
        this.config = config;
        this.driver = driver;
        this.floors = floors;
        this.receives = receives;
        this.events = events;
        this.connection = connection;
    }

    /** @param room whether this node takes one more connection */
    void run(boolean room) {
        try (StallWatch watch = new StallWatch(connection, config.stallLimit())) {
            out = new DataOutputStream(new BufferedOutputStream(connection.output()));
            DataInputStream in = new DataInputStream(new BufferedInputStream(connection.input(), 128 * 1024));
            if (!room) {
                refuse(watch, Refusal.Reason.BUSY, "too many connections");
                return;
            }
            greet(in, watch);
        } catch (IOException e) {
            // The other side is gone; what there was to say of it was an event.
        }
    }

    private void greet(DataInputStream in, StallWatch watch) throws IOException {
        Hello hello;
        try {
            hello = Wire.readHello(in);
            watch.moved();
        } catch (IOException e) {
            String detail = watch.hasStalled()
                    ? "no hello within " + config.stallLimit().toMillis() + " ms"
                    : String.valueOf(e.getMessage());
            refuse(watch, Refusal.Reason.GARBAGE, detail);
            return;
        }
        if (!hello.target().equals(config.node()) || !hello.targetIncarnation().equals(config.incarnation())) {
            refuse(
                    watch, Refusal.Reason.WRONG_TARGET,
                    "meant for " + hello.target() + " " + hello.targetIncarnation() + ", this is " + config.node() + " "
                            + config.incarnation());
            return;
        }
        try (InFlightReceives.Receive receive = receives.enter(hello.guest(), connection)) {
            receive(hello, in, watch, receive);
        }
    }

    private void receive(Hello hello, DataInputStream in, StallWatch watch, InFlightReceives.Receive receive)
            throws IOException {
        Optional<Refusal> refusal = admit(hello);
        if (refusal.isPresent()) {
            refuse(watch, refusal.get().reason(), refusal.get().detail());
            return;
        }
        Optional<String> base =
                driver.newestCommon(hello.guest(), hello.bases()).map(StoredSnapshot::id);
        Optional<Resumable> rest = driver.resumable(hello.guest());
        answer(new Answer.Accept(base, rest));
        long start = System.nanoTime();
        Thread ticker = Thread.ofVirtual().name("receive-ticker").start(this::tick);
        ReceiveOutcome outcome;
        Chunks.In chunks = new Chunks.In(new WatchedInput(in, watch).asData(), bytes -> progress(hello, bytes));
        try {
            watch.waiting(false);
            outcome = driver.receive(hello.guest(), chunks);
        } finally {
            ticker.interrupt();
        }
        conclude(
                hello, outcome, watch, receive, Duration.ofNanos(System.nanoTime() - start),
                rest.isPresent() ? Optional.empty() : base);
    }

    /** The floor comes before anything is read: a source below it is no owner any more. */
    private Optional<Refusal> admit(Hello hello) {
        try {
            ReplicaFloor asked =
                    new ReplicaFloor(hello.epoch(), ReplicaFloor.Purpose.RECEIVE, config.incarnation());
            return floors.file(hello.guest(), asked)
                    .map(floor -> new Refusal(
                            Refusal.Reason.EPOCH_TOO_LOW, "epoch " + hello.epoch() + ": the replica floor is " + floor));
        } catch (IllegalArgumentException e) {
            return Optional.of(new Refusal(Refusal.Reason.GARBAGE, e.getMessage()));
        } catch (IOException e) {
            return Optional.of(new Refusal(Refusal.Reason.IO, String.valueOf(e.getMessage())));
        }
    }

    private void progress(Hello hello, long bytes) {
        taken.set(bytes);
        events.accept(new ReceiveEvent.Progress(hello, bytes));
    }

    private void tick() {
        try {
            while (true) {
                Thread.sleep(config.stallLimit().dividedBy(4));
                answer(new Answer.Working(taken.get()));
            }
        } catch (InterruptedException | IOException over) {
            // The receive has ended, or will find the connection gone.
        }
    }

    private void conclude(
            Hello hello,
            ReceiveOutcome outcome,
            StallWatch watch,
            InFlightReceives.Receive receive,
            Duration took,
            Optional<String> base)
            throws IOException {
        switch (outcome) {
            case ReceiveOutcome.Stored stored -> {
                driver.noteCommon(hello.guest(), hello.source(), stored.snapshot().id());
                events.accept(new ReceiveEvent.Stored(hello, stored.snapshot(), stored.bytes(), took, base));
                answer(new Answer.Stored(stored.snapshot().id(), stored.bytes()));
            }
            case ReceiveOutcome.Failed failed -> {
                ReceiveEvent.Cause cause = receive.wasKilled()
                        ? ReceiveEvent.Cause.KILLED
                        : watch.hasStalled() ? ReceiveEvent.Cause.STALLED : ReceiveEvent.Cause.of(failed.reason());
                events.accept(new ReceiveEvent.Failed(hello, cause, failed.detail()));
                answer(new Answer.Failed(cause.name(), failed.detail()));
            }
        }
        awaitEnd(watch);
    }

    private void refuse(StallWatch watch, Refusal.Reason reason, String detail) throws IOException {
        Refusal refusal = new Refusal(reason, detail);
        events.accept(new ReceiveEvent.Refused(connection.name(), refusal));
        answer(new Answer.Refuse(refusal));
        awaitEnd(watch);
    }

    /** A connection closed with bytes unread is reset, and the answer on its way may be lost with it. */
    private void awaitEnd(StallWatch watch) throws IOException {
        connection.endOutput();
        watch.limit(config.stallLimit().compareTo(FAREWELL) < 0 ? config.stallLimit() : FAREWELL);
        watch.waiting(true);
        byte[] ignored = new byte[64 * 1024];
        for (int reads = 0; reads < 1024 && connection.input().read(ignored) >= 0; reads++) {
            // Read on until the other side has seen the answer and closes.
            watch.moved();
        }
    }

    private synchronized void answer(Answer answer) throws IOException {
        Wire.write(out, answer);
    }
}
