package dev.holdfast.replication.transfer;

import dev.holdfast.replication.volume.StoredSnapshot;
import dev.holdfast.replication.volume.VolumeDriver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.function.LongConsumer;

/** The owner's side: sends snapshots, each over a connection of its own. Safe for use by several threads. */
public final class ReplicaSender {

    /**
     * @param connectLimit how long a target may take to answer at all; more than 0
     * @param stallLimit nothing moves for this long: cut. More than 0 and the same as the target's
     * @param storeLimit how long a target may take from the last byte to its answer; more than 0
     */
    public record Config(Duration connectLimit, Duration stallLimit, Duration storeLimit) {

        public Config {
            requirePositive("connectLimit", connectLimit);
            requirePositive("stallLimit", stallLimit);
            requirePositive("storeLimit", storeLimit);
        }

        private static void requirePositive(String field, Duration value) {
            if (!value.isPositive()) {
                throw new IllegalArgumentException(field + " " + value.toMillis() + " ms: must be more than 0");
            }
        }
    }

    private final VolumeDriver driver;
    private final Config config;

    public ReplicaSender(VolumeDriver driver, Config config) {
        this.driver = driver;
        this.config = config;
    }

    /** What an increment to that snapshot could build on, newest first, for {@link Hello#bases}. */
    public List<String> bases(String guest, String snapshot) throws IOException {
        return driver.bases(guest, snapshot).stream()
                .map(StoredSnapshot::id)
                .limit(Hello.MAX_BASES)
                .toList();
    }

    /**
     * Sends one snapshot and waits until the target has stored it.
     *
     * @param progress told the bytes sent so far, from the calling thread
     */
    public SendOutcome send(InetSocketAddress target, Hello hello, LongConsumer progress) {
        try {
            if (driver.find(hello.guest(), hello.snapshot()).isEmpty()) {
                return nothingToSend("no complete snapshot " + hello.snapshot() + " is here");
            }
        } catch (IOException e) {
            return nothingToSend(String.valueOf(e.getMessage()));
        }
        try (Socket socket = new Socket()) {
            try {
                socket.setTcpNoDelay(true);
                socket.connect(target, Math.toIntExact(config.connectLimit().toMillis()));
            } catch (IOException e) {
                return new SendOutcome.Failed(SendOutcome.Reason.UNREACHABLE, target + ": " + e.getMessage());
            }
            return new Sending(driver, config, socket, hello).send(progress);
        } catch (IOException e) {
            return new SendOutcome.Failed(SendOutcome.Reason.CUT, String.valueOf(e.getMessage()));
        }
    }

    private static SendOutcome nothingToSend(String detail) {
        return new SendOutcome.Failed(SendOutcome.Reason.NOTHING_TO_SEND, detail);
    }
}
