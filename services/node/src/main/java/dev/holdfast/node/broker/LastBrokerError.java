package dev.holdfast.node.broker;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * Remembers the broker's last error line: Kafka logs why it gives up and then halts without saying it again.
 */
final class LastBrokerError extends AppenderBase<ILoggingEvent> {
    private volatile String text;

    static LastBrokerError watch() {
        LastBrokerError watch = new LastBrokerError();
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            watch.setContext(context);
            watch.start();
            List.of("kafka", "org.apache.kafka").forEach(name -> context.getLogger(name).addAppender(watch));
        }
        return watch;
    }

    Optional<String> text() {
        return Optional.ofNullable(text);
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getLevel().isGreaterOrEqual(Level.ERROR)) {
            var cause = event.getThrowableProxy();
            text = event.getFormattedMessage()
                    + (cause == null ? "" : " (" + cause.getClassName() + ": " + cause.getMessage() + ")");
        }
    }
}
