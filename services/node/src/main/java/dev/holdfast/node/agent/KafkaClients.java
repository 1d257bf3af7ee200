package dev.holdfast.node.agent;

import java.time.Duration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** Makes Kafka clients of one node, each with the settings that its use asks for. The caller closes them. */
public interface KafkaClients {

    /** For {@code node.heartbeats}: gives a record up within that time, since a beat that old renews nothing. */
    Producer<byte[], byte[]> beats(Duration giveUpAfter);

    /** For reports: keeps trying. */
    Producer<byte[], byte[]> reports(String use);

    /** Reads committed records of partitions assigned by hand. */
    Consumer<byte[], byte[]> reader(String use);

    Admin admin(String use);
}
