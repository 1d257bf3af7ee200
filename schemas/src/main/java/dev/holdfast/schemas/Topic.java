package dev.holdfast.schemas;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One topic of a cluster: who writes it, what its key means, what it carries and how Kafka keeps it. Every topic
 * has one partition, because one cluster has one total order, and {@link #REPLICAS} copies.
 *
 * @param name the topic's name
 * @param key what the record key (UTF-8) names; empty if records have no key
 * @param writtenBy the one kind of writer
 * @param purpose one sentence for people
 * @param tombstones whether a record without a value is meaningful: it removes what its key names
 * @param chained whether each value ends in a hash of itself and all before it
 * @param carries names of the Avro records that its values can hold, in the order of the value schema's union
 * @param settings topic settings as Kafka spells them
 */
public record Topic(
        String name,
        String key,
        String writtenBy,
        String purpose,
        boolean tombstones,
        boolean chained,
        List<String> carries,
        Map<String, String> settings) {

    /** Partitions of every topic. */
    public static final int PARTITIONS = 1;

    /** Replication factor of every topic, whatever the number of nodes. */
    public static final short REPLICAS = 3;

    public Topic {
        carries = List.copyOf(carries);
        settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
        if (carries.isEmpty()) {
            throw new IllegalArgumentException("topic " + name + " carries nothing; it must carry at least one record");
        }
    }

    /** Subject of the value schema in a registry, after TopicNameStrategy. */
    public String subject() {
        return name + "-value";
    }

    /** Largest record batch the topic accepts, in bytes. */
    public int maxMessageBytes() {
        return Integer.parseInt(settings.get("max.message.bytes"));
    }

    @Override
    public String toString() {
        return name;
    }
}
