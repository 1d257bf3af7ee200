package dev.holdfast.replication.transfer;

import dev.holdfast.replication.transport.Bandwidth;
import dev.holdfast.replication.transport.Connection;
import dev.holdfast.replication.transport.Route;
import dev.holdfast.replication.volume.VolumeDriver;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** The owner's side: sends snapshots, each over a connection of its own. Safe for use by several threads. */
public final class ReplicaSender {

    /**
     * @param connectLimit how long the way to a target may take, before any stall; more than 0
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
    private final Bandwidth bandwidth;

    /** @param bandwidth shared by all that is sent here */
    public ReplicaSender(VolumeDriver driver, Config config, Bandwidth bandwidth) {
        this.driver = driver;
        this.config = config;
        this.bandwidth = bandwidth;
    }

    /** What an increment to that snapshot could build on, newest first, for {@link Hello#bases}. */
    public List<String> bases(String guest, String snapshot) throws IOException {
        return driver.bases(guest, snapshot).stream().limit(Hello.MAX_BASES).toList();
    }

    /**
     * Sends one snapshot and waits until the target has stored it.
     *
     * @param target the way there
     * @param progress told after each chunk, from the calling thread
     */
    public SendOutcome send(Route target, Hello hello, Consumer<Progress> progress) {
        try {
            if (driver.find(hello.guest(), hello.snapshot()).isEmpty()) {
                return nothingToSend("no complete snapshot " + hello.snapshot() + " is here");
            }
        } catch (IOException e) {
            return nothingToSend(String.valueOf(e.getMessage()));
        }
        try (Connection connection = target.open(config.connectLimit())) {
            return new Sending(driver, config, bandwidth, connection, hello).send(progress);
        } catch (IOException e) {
            return new SendOutcome.Failed(SendOutcome.Reason.UNREACHABLE, target.name() + ": " + e.getMessage());
        }
    }

    private static SendOutcome nothingToSend(String detail) {
        return new SendOutcome.Failed(SendOutcome.Reason.NOTHING_TO_SEND, detail);
    }
}
