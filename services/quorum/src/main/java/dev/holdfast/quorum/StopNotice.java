package dev.holdfast.quorum;

import dev.holdfast.encoding.DeadLetter;
import dev.holdfast.messaging.RecordEncoder;
import dev.holdfast.messaging.TopicWriter;
import dev.holdfast.encoding.input.Consumed;
import dev.holdfast.quorum.topology.FatalTurn;
import dev.holdfast.schemas.TopicCatalogue;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says on {@code dead.letters} that this node's decision maker stands still, and before which record. It is no
 * decision and goes outside of the transaction, which will never be committed.
 */
final class StopNotice {

    private static final Logger LOG = LoggerFactory.getLogger(StopNotice.class);
    private static final Duration GIVE_UP_AFTER = Duration.ofSeconds(5);

    private StopNotice() {}

    static void file(QuorumSettings settings, RecordEncoder encoder, FatalTurn fatal) {
        Consumed record = fatal.record();
        DeadLetter letter = new DeadLetter(
                "quorum", record.at().topic(), 0, record.at().offset(), record.recordedAt(), "value", "",
                "the decision maker on " + settings.node() + " cannot get past this record and has stopped there: "
                        + fatal.getCause(),
                record.key(), record.value());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings.clients().producer("stop-notice", GIVE_UP_AFTER))) {
            new TopicWriter<DeadLetter>(TopicCatalogue.DEAD_LETTERS, producer, encoder)
                    .send(letter.letterKey(), letter)
                    .get(GIVE_UP_AFTER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.warn("the stop could not be filed on {}: {}", TopicCatalogue.DEAD_LETTERS, e.toString());
        }
    }
}
