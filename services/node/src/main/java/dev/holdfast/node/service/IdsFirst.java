package dev.holdfast.node.service;

import dev.holdfast.encoding.RegisteredSchemas;
import dev.holdfast.encoding.SchemaIds;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the services of a node once it knows which schema ids are in force: at once without a registry; with one, as
 * soon as the log says so, which on the first bring-up it does after the brokers are up. Until then nothing is
 * consumed either, because a record that the decision maker could not read would stay unread in its journal.
 */
final class IdsFirst implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(IdsFirst.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    private final SchemaIds ids;
    private final Supplier<Optional<RegisteredSchemas>> log;
    private Thread waiting;
    private String said = "";

    /**
     * @param log reads what the registry gave, as it stands on the log; may throw while the log does not answer
     */
    IdsFirst(SchemaIds ids, Supplier<Optional<RegisteredSchemas>> log) {
        this.ids = ids;
        this.log = log;
    }

    /** Returns at once; the services are started by another thread if the ids are not known yet. For one call. */
    synchronized void thenStart(Runnable services) {
        if (ids.areKnown()) {
            services.run();
            return;
        }
        waiting = Thread.ofPlatform().name("schema-ids").start(() -> {
            if (await()) {
                services.run();
            }
        });
    }

    /** @return false if closed meanwhile */
    private boolean await() {
        while (!learn()) {
            try {
                Thread.sleep(BETWEEN_LOOKS);
            } catch (InterruptedException closed) {
                return false;
            }
        }
        return !Thread.currentThread().isInterrupted();
    }

    private boolean learn() {
        try {
            Optional<RegisteredSchemas> registered = log.get();
            registered.ifPresentOrElse(ids::learn, () -> say("no ids of the registry are on the log yet"));
            registered.filter(known -> ids.areKnown()).ifPresent(known -> LOG.info("{}", known.summary()));
        } catch (RuntimeException unusable) {
            say(unusable.toString());
        }
        return ids.areKnown();
    }

    /** The same reason is said once, however often it is met. */
    private void say(String reason) {
        if (!reason.equals(said)) {
            LOG.info("the services wait for the schema ids: {}", reason);
            said = reason;
        }
    }

    /** Waits no longer. Services that are being started are started when this returns. */
    @Override
    public synchronized void close() {
        if (waiting != null) {
            waiting.interrupt();
            try {
                waiting.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
