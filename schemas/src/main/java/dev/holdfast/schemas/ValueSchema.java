package dev.holdfast.schemas;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.avro.Schema;

/**
 * The value schema of a topic, made from the records the topic carries: a record of {@code summary} and {@code body},
 * the body being a union of those records.
 *
 * <p>One record per topic, and no union at the top: TopicNameStrategy knows one schema per topic, tables in a Kafka
 * UI, Connect and SQL engines expect a record there, and {@code summary} stands first whatever the body is. A new
 * kind of message is a new branch of the union, which is a backward compatible change. Values of a chained topic have
 * a third and last field, {@code chain}.
 */
final class ValueSchema {

    static final String SUMMARY = "summary";
    static final String BODY = "body";
    static final String CHAIN = "chain";
    private static final int CHAIN_BYTES = 32;

    private static final ObjectMapper JSON = new ObjectMapper();

    private ValueSchema() {}

    static Schema of(Topic topic, SchemaFiles files) {
        ObjectNode value = JSON.createObjectNode();
        value.put("type", "record");
        value.put("name", nameFor(topic));
        value.put("namespace", SchemaFiles.NAMESPACE);
        value.put("doc", topic.purpose() + " Written by: " + topic.writtenBy() + ". Key: " + topic.key() + ".");
        ArrayNode fields = value.putArray("fields");
        fields.addObject()
                .put("name", SUMMARY)
                .put("type", "string")
                .put("doc", "The record in one line, for people. Derived from the body; nothing reads it back.");
        ObjectNode body = fields.addObject();
        body.put("name", BODY);
        ArrayNode branches = body.putArray("type");
        topic.carries().forEach(branches::add);
        body.put("doc", "What is said: one of the records this topic carries.");
        if (topic.chained()) {
            chain(fields.addObject());
        }
        return files.complete(value);
    }

    /** The last field of a value, so that the hash covers every byte before it and stands at a place known to all. */
    private static void chain(ObjectNode field) {
        field.put("name", CHAIN);
        field.putObject("type").put("type", "fixed").put("name", "ChainHash").put("size", CHAIN_BYTES);
        field.put("doc", "SHA-256 of this field in the value before, 32 zero bytes for the first, and of all bytes of this "
                + "value up to this field.");
    }

    /** {@code NodeHeartbeatsValue} for {@code node.heartbeats}. */
    static String nameFor(Topic topic) {
        StringBuilder name = new StringBuilder();
        for (String word : topic.name().split("\\.")) {
            name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        return name.append("Value").toString();
    }
}
