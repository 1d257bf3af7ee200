package dev.holdfast.replication.transfer;

import dev.holdfast.replication.transport.Bandwidth;
import dev.holdfast.replication.transport.Connection;
import dev.holdfast.replication.volume.Increment;
import dev.holdfast.replication.volume.VolumeDriver;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** One connection on the owner's side. */
final class Sending {

    private final VolumeDriver driver;
    private final ReplicaSender.Config config;
    private final Bandwidth bandwidth;
    private final Connection connection;
    private final Hello hello;
    private final CompletableFuture<Answer> last = new CompletableFuture<>();
    private boolean answered;
    private volatile long sent;
    private volatile boolean allSent;
    private long taken = -1;

    Sending(
            VolumeDriver driver,
            ReplicaSender.Config config,
            Bandwidth bandwidth,
            Connection connection,
            Hello hello) {
        this.driver = driver;
        this.config = config;
        this.bandwidth = bandwidth;
        this.connection = connection;
        this.hello = hello;
    }

    SendOutcome send(Consumer<Progress> progress) {
        // Until the first answer the connection itself may still be on its way.
        try (StallWatch watch = new StallWatch(connection, config.connectLimit().plus(config.stallLimit()))) {
            try {
                return converse(progress, watch);
            } catch (IOException e) {
                return failure(e, watch);
            }
        }
    }

    private SendOutcome converse(Consumer<Progress> progress, StallWatch watch) throws IOException {
        long start = System.nanoTime();
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(connection.output(), 128 * 1024));
        DataInputStream in = new DataInputStream(new BufferedInputStream(connection.input()));
        Wire.write(out, hello);
        Answer answer = Wire.readAnswer(in);
        answered = true;
        watch.limit(config.stallLimit());
        if (answer instanceof Answer.Refuse refuse) {
            return new SendOutcome.Refused(refuse.refusal());
        }
        if (!(answer instanceof Answer.Accept accept)) {
            throw new Wire.Garbage("an answer to the hello that is neither accept nor refuse");
        }
        Thread.ofVirtual().name("send-answers").start(() -> readAnswers(in, watch));
        try (Increment increment = increment(accept)) {
            Chunks.Out chunks = new Chunks.Out(out, new Pacing(bandwidth, config.stallLimit()), bytes -> {
                sent = bytes;
                if (!bandwidth.isLimited()) {
                    watch.moved();
                }
                progress.accept(new Progress(bytes, Duration.ofNanos(System.nanoTime() - start)));
            });
            increment.writeTo(chunks);
            chunks.finish();
            watch.moved();
            allSent = true;
            Answer verdict = await();
            return conclude(verdict, increment, chunks.bytes(), Duration.ofNanos(System.nanoTime() - start));
        }
    }

    /** The rest of what was cut comes first: it is the shortest way to something newer than the base. */
    private Increment increment(Answer.Accept accept) throws IOException {
        if (accept.rest().isPresent()) {
            Optional<Increment> rest = driver.resume(hello.guest(), accept.rest().get());
            if (rest.isPresent()) {
                return rest.get();
            }
        }
        return driver.increment(hello.guest(), accept.base(), hello.snapshot());
    }

    private SendOutcome conclude(Answer verdict, Increment increment, long bytes, Duration took) throws IOException {
        return switch (verdict) {
            case Answer.Stored stored -> {
                driver.noteCommon(hello.guest(), hello.target(), stored.snapshot());
                yield new SendOutcome.Stored(increment.snapshot(), increment.base(), bytes, took);
            }
            case Answer.Failed failed -> notStored(failed);
            case Answer.Refuse refuse -> new SendOutcome.Refused(refuse.refusal());
            case Answer.Accept accept -> throw new Wire.Garbage("a second accept");
            case Answer.Working working -> throw new Wire.Garbage("working is no last answer");
        };
    }

    private static SendOutcome notStored(Answer.Failed failed) {
        return new SendOutcome.Failed(SendOutcome.Reason.NOT_STORED, failed.reason() + ": " + failed.detail());
    }

    private void readAnswers(DataInputStream in, StallWatch watch) {
        try {
            Answer answer = Wire.readAnswer(in);
            while (answer instanceof Answer.Working working) {
                // While there is more to send, only bytes taken are movement: a target whose disk hangs still talks.
                // With a limit it is we who are slow, and what we write says nothing: it fits into the buffers between.
                boolean haveItAll = allSent || bandwidth.isLimited() && working.bytes() >= sent;
                if (haveItAll || working.bytes() > taken) {
                    watch.moved();
                }
                taken = working.bytes();
                answer = Wire.readAnswer(in);
            }
            last.complete(answer);
        } catch (IOException e) {
            last.completeExceptionally(e);
        }
    }

    private Answer await() throws IOException {
        try {
            return last.get(config.storeLimit().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("the target did not answer within " + config.storeLimit().toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** The target may have said why before it hung up. */
    private SendOutcome failure(IOException failure, StallWatch watch) {
        if (watch.hasStalled()) {
            return new SendOutcome.Failed(
                    SendOutcome.Reason.STALLED, "nothing moved for " + config.stallLimit().toMillis() + " ms");
        }
        Optional<Answer> said = answered ? lastWords() : Optional.empty();
        if (said.isPresent() && said.get() instanceof Answer.Failed failed) {
            return notStored(failed);
        }
        Optional<String> complaint = connection.complaint();
        return new SendOutcome.Failed(
                complaint.isPresent() && !answered ? SendOutcome.Reason.UNREACHABLE : SendOutcome.Reason.CUT,
                connection.name() + ": " + complaint.orElse(failure.getMessage()));
    }

    private Optional<Answer> lastWords() {
        try {
            return Optional.of(last.get(1, TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException none) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
