package dev.holdfast.replication.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PipeTest {


    private final Pipe pipe = new Pipe("test");
    private final Connection near = pipe.near();
    private final Connection far = pipe.far();

    @Test
    void everyByteArrivesInOrderWhateverTheSizesAre() throws Exception {
        byte[] sent = new byte[1_000_000];
        new Random(1).nextBytes(sent);
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> writeInPieces(sent));

        assertThat(far.input().readAllBytes()).isEqualTo(sent);
        writing.get(30, TimeUnit.SECONDS);
    }

    @Test
    void aWriterIsHeldBackByAReaderThatDoesNotRead() throws Exception {
        AtomicLong written = new AtomicLong();
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> writeForEver(written));
        while (written.get() < Pipe.CAPACITY) {
            Thread.sleep(1);
        }
        Thread.sleep(50);
        assertThat(written).hasValue(Pipe.CAPACITY);
        far.close();
        assertThatThrownBy(() -> writing.get(30, TimeUnit.SECONDS)).hasMessageContaining("has closed the pipe");
    }

    @Test
    void whatWasWrittenBeforeTheEndIsStillRead() throws Exception {
        near.output().write(new byte[] {1, 2});
        near.close();

        assertThat(far.input().readAllBytes()).containsExactly(1, 2);
        assertThatThrownBy(() -> far.output().write(1)).hasMessageContaining("the other side has closed");
    }

    @Test
    void aReadThatWaitsFailsWhenItsOwnSideIsClosed() throws Exception {
        CompletableFuture<Integer> reading = CompletableFuture.supplyAsync(() -> read(near));
        near.close();

        assertThatThrownBy(() -> reading.get(30, TimeUnit.SECONDS)).hasMessageContaining("the pipe is closed");
    }

    private void writeInPieces(byte[] bytes) {
        Random random = new Random(2);
        try {
            for (int at = 0; at < bytes.length; ) {
                int size = Math.min(bytes.length - at, random.nextInt(100_000));
                near.output().write(bytes, at, size);
                at += size;
            }
            near.endOutput();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void writeForEver(AtomicLong written) {
        try {
            while (true) {
                near.output().write(1);
                written.incrementAndGet();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e.getMessage());
        }
    }

    private static int read(Connection connection) {
        try {
            return connection.input().read();
        } catch (IOException e) {
            throw new IllegalStateException(e.getMessage());
        }
    }
}
