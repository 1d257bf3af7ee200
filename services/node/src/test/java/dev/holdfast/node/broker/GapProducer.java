package dev.holdfast.node.broker;

import dev.holdfast.messaging.ClientSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A process that sends one record every 50 ms, as a node's heartbeat service would, and prints {@code ack sentNanos
 * ackedNanos} or {@code failed sentNanos reason} for each. System.nanoTime is the same clock in every process of a host.
 *
 * <p>Arguments: bootstrap, topic, then client settings as {@code name=value}.
 */
final class GapProducer {
    private GapProducer() {
    }

    public static void main(String[] args) throws InterruptedException {
        Map<String, Object> settings = new ClientSettings(args[0], "gap").producer("gap", Duration.ofSeconds(30));
        Arrays.stream(args).skip(2).map(arg -> arg.split("=")).forEach(arg -> settings.put(arg[0], arg[1]));
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(settings)) {
            while (true) {
                send(producer, args[1]);
                Thread.sleep(50);
            }
        }
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, String topic) {
        long sent = System.nanoTime();
        producer.send(new ProducerRecord<>(topic, new byte[200]), (metadata, failure) -> {
            if (failure == null) {
                System.out.println("ack " + sent + " " + System.nanoTime());
            } else {
                System.out.println("failed " + sent + " " + failure);
            }
        });
    }
}
