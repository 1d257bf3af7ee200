package dev.holdfast.node.broker;

import java.util.Optional;

/**
 * Kafka has decided that it cannot go on and would have ended the JVM. The process must end: its broker is broken.
 *
 * @param status    exit status Kafka asked for
 * @param lastError the last error the broker logged before it gave up, if it logged any
 */
public record BrokerFault(int status, Optional<String> lastError) {
    /** One line for the log and the terminal. */
    public String describe() {
        return "the Kafka broker gave up (status " + status + "): "
                + lastError.orElse("it gave no reason") + "; details are in node.log";
    }
}
