package dev.holdfast.encoding.journal;

import dev.holdfast.core.state.ClusterState;
import dev.holdfast.encoding.Codecs;
import dev.holdfast.encoding.Decoded;
import dev.holdfast.encoding.ValueCodec;
import dev.holdfast.schemas.TopicCatalogue;
import java.util.LinkedHashMap;
import java.util.Map;

/** The entities of the state as bytes: the values of {@code cluster.state}, in the store as on the topic. */
public final class EntityCodec {

    private final ValueCodec codec;

    public EntityCodec(Codecs codecs) {
        this.codec = codecs.of(TopicCatalogue.CLUSTER_STATE);
    }

    public byte[] encode(Record entity) {
        return codec.encode(entity);
    }

    /** The whole state, by key, always in the same order. */
    public Map<String, byte[]> encodeAll(ClusterState state) {
        Map<String, byte[]> values = new LinkedHashMap<>();
        StateEntities.all(state).forEach((key, entity) -> values.put(key, encode(entity)));
        return values;
    }

    /**
     * @throws IllegalStateException if the bytes are no entity: without its whole state nothing may be decided
     */
    public Record decode(String key, byte[] bytes) {
        return switch (codec.decode(bytes)) {
            case Decoded.Value value -> value.body();
            case Decoded.Unreadable unreadable -> throw new IllegalStateException(
                    "stored entity " + key + " cannot be read: " + unreadable.sentence());
        };
    }
}
