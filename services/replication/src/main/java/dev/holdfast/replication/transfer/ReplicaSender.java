package dev.holdfast.replication.transfer;

import dev.holdfast.replication.volume.StoredSnapshot;
import dev.holdfast.replication.volume.VolumeDriver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

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

    /** Every snapshot of the guest here that an increment could build on, newest first, for {@link Hello#bases}. */
    public List<String> bases(String guest) throws IOException {
        return Stream.concat(driver.snapshots(guest).stream(), driver.replicas(guest).stream())
                .sorted((one, other) -> other.compareTo(one))
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
        if (driver.find(hello.guest(), hello.snapshot()).isEmpty()) {
            return new SendOutcome.Failed(
                    SendOutcome.Reason.NOTHING_TO_SEND, "no complete snapshot " + hello.snapshot() + " is here");
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
}
