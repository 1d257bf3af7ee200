package dev.holdfast.messaging;

import dev.holdfast.schemas.SchemaCatalogue;
import dev.holdfast.schemas.Topic;
import dev.holdfast.schemas.TopicCatalogue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The codecs of all topics of one cluster. Make one per process and share it. */
public final class Codecs {

    private final Map<String, ValueCodec> byTopic = new LinkedHashMap<>();

    /**
     * @throws dev.holdfast.messaging.binding.BindingException if a record and its schema do not go together, which the
     *     build's tests rule out
     */
    public Codecs(SchemaIds ids) {
        TopicCatalogue.ALL.forEach(topic -> byTopic.put(topic.name(), new ValueCodec(topic, ids)));
    }

    /** For a cluster without a registry. */
    public static Codecs derivingIds() {
        return new Codecs(SchemaIds.derived(SchemaCatalogue.load()));
    }

    public ValueCodec of(Topic topic) {
        return byTopic.get(topic.name());
    }

    /** The codec of the topic of that name; empty if it is none of ours. */
    public Optional<ValueCodec> named(String topic) {
        return Optional.ofNullable(byTopic.get(topic));
    }
}
