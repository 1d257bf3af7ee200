package dev.holdfast.encoding;

import dev.holdfast.schemas.SchemaCatalogue;
import dev.holdfast.schemas.Topic;
import dev.holdfast.schemas.TopicCatalogue;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The codecs of all topics of one cluster. Make one per process and share it: a codec is made when its topic is first
 * used, which takes a moment.
 */
public final class Codecs {

    private final SchemaIds ids;
    private final Map<String, ValueCodec> byTopic = new ConcurrentHashMap<>();

    public Codecs(SchemaIds ids) {
        this.ids = ids;
    }

    /** For a cluster without a registry. */
    public static Codecs derivingIds() {
        return new Codecs(SchemaIds.derived(SchemaCatalogue.load()));
    }

    /**
     * @throws dev.holdfast.encoding.binding.BindingException if a record and its schema do not go together, which the
     *     build's tests rule out
     */
    public ValueCodec of(Topic topic) {
        ValueCodec made = byTopic.get(topic.name());
        return made != null ? made : byTopic.computeIfAbsent(topic.name(), unused -> new ValueCodec(topic, ids));
    }

    /** The codec of the topic of that name; empty if it is none of ours. */
    public Optional<ValueCodec> named(String topic) {
        ValueCodec made = byTopic.get(topic);
        return made != null ? Optional.of(made) : TopicCatalogue.named(topic).map(this::of);
    }
}
