package dev.holdfast.quorum.topology;

import dev.holdfast.messaging.Codecs;
import dev.holdfast.messaging.Decoded;
import dev.holdfast.messaging.ValueCodec;
import dev.holdfast.schemas.TopicCatalogue;

/** The entities of the state as bytes: the values of {@code cluster.state}, in the store as on the topic. */
final class EntityCodec {

    private final ValueCodec codec;

    EntityCodec(Codecs codecs) {
        this.codec = codecs.of(TopicCatalogue.CLUSTER_STATE);
    }

    byte[] encode(Record entity) {
        return codec.encode(entity);
    }

    /**
     * @throws IllegalStateException if the bytes are no entity: without its whole state nothing may be decided
     */
    Record decode(String key, byte[] bytes) {
        return switch (codec.decode(bytes)) {
            case Decoded.Value value -> value.body();
            case Decoded.Unreadable unreadable -> throw new IllegalStateException(
                    "stored entity " + key + " cannot be read: " + unreadable.sentence());
        };
    }
}
