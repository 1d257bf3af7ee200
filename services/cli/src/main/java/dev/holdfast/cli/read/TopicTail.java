package dev.holdfast.cli.read;

import dev.holdfast.cli.Failure;
import dev.holdfast.encoding.Received;
import dev.holdfast.messaging.RecordDecoder;
import dev.holdfast.schemas.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Reads topics from a chosen place, up to their end or as they grow. For one thread. Throws {@link Failure} when no
 * broker answers.
 */
public final class TopicTail implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration SILENCE_IS_NO_ANSWER = Duration.ofSeconds(15);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final RecordDecoder decoder;
    private final List<TopicPartition> partitions;

    TopicTail(KafkaConsumer<byte[], byte[]> consumer, RecordDecoder decoder, List<Topic> topics) {
        this.consumer = consumer;
        this.decoder = decoder;
        this.partitions = topics.stream().map(topic -> new TopicPartition(topic.name(), 0)).toList();
        consumer.assign(partitions);
    }

    public TopicTail fromBeginning() {
        return asked(() -> {
            consumer.seekToBeginning(partitions);
            partitions.forEach(consumer::position);
            return this;
        });
    }

    /** What is written from now on; the place is fixed when this returns. */
    public TopicTail fromEnd() {
        return asked(() -> {
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position);
            return this;
        });
    }

    /** From so many records before the end, or the beginning if there are fewer. */
    public TopicTail fromLast(long records) {
        return asked(() -> {
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
            consumer.endOffsets(partitions)
                    .forEach((partition, end) -> consumer.seek(partition, Math.max(begins.get(partition), end - records)));
            return this;
        });
    }

    /** From the first record that the brokers got at that time or later, or the end if there is none. */
    public TopicTail fromTime(Instant time) {
        return asked(() -> {
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            Map<TopicPartition, Long> times = new HashMap<>();
            partitions.forEach(partition -> times.put(partition, Math.max(0, time.toEpochMilli())));
            consumer.offsetsForTimes(times).forEach((partition, found) ->
                    consumer.seek(partition, found == null ? ends.get(partition) : found.offset()));
            return this;
        });
    }

    /** Hands on everything up to the ends that the topics have now. */
    public void readToEnd(Consumer<Received> each) {
        Map<TopicPartition, Long> ends = asked(() -> consumer.endOffsets(partitions));
        long heard = System.nanoTime();
        long position = -1;
        while (asked(() -> isBefore(ends))) {
            poll(POLL).forEach(each);
            long now = asked(this::position);
            if (now != position) {
                position = now;
                heard = System.nanoTime();
            } else if (System.nanoTime() - heard > SILENCE_IS_NO_ANSWER.toNanos()) {
                throw noAnswer("nothing was read for " + SILENCE_IS_NO_ANSWER.toSeconds() + " s");
            }
        }
    }

    /** What came within that time, in the order of each topic. */
    public List<Received> poll(Duration atMost) {
        return asked(() -> {
            List<Received> received = new ArrayList<>();
            consumer.poll(atMost).forEach(record -> received.add(decoder.decode(record)));
            return received;
        });
    }

    /** The values as they stand, up to the end that the topic has now; null where a record has none. */
    public Iterator<byte[]> valuesToEnd() {
        Map<TopicPartition, Long> ends = asked(() -> consumer.endOffsets(partitions));
        Deque<ConsumerRecord<byte[], byte[]>> read = new ArrayDeque<>();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                while (read.isEmpty() && asked(() -> isBefore(ends))) {
                    asked(() -> consumer.poll(POLL)).forEach(read::add);
                }
                return !read.isEmpty();
            }

            @Override
            public byte[] next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("the topic ends here");
                }
                return read.remove().value();
            }
        };
    }

    private boolean isBefore(Map<TopicPartition, Long> ends) {
        return partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition));
    }

    private long position() {
        return partitions.stream().mapToLong(consumer::position).sum();
    }

    private static <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (TimeoutException silent) {
            throw noAnswer(silent.getMessage());
        } catch (KafkaException failed) {
            throw Failure.failed("reading the log failed: " + failed.getMessage(), failed);
        }
    }

    private static Failure noAnswer(String detail) {
        return Failure.noAnswer("the log does not answer (" + detail + "): fewer than two nodes are up, or they are still "
                + "starting. './holdfast node list' shows which are on");
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
    }
}
