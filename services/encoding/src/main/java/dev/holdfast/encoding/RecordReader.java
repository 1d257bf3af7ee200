package dev.holdfast.encoding;

import dev.holdfast.schemas.Topic;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;

/** Turns what stands on a topic into what it says. Used by any number of threads. */
public final class RecordReader {

    private static final int SHOWN = 24;

    private final Codecs codecs;

    public RecordReader(Codecs codecs) {
        this.codecs = codecs;
    }

    /**
     * Never throws for what stands in the record.
     *
     * @param key null if there is none
     * @param value null if there is none
     * @param headers gives the value of a header, or null if there is none of that name
     */
    public Received read(Origin origin, byte[] key, byte[] value, Function<String, byte[]> headers) {
        Optional<ValueCodec> codec = codecs.named(origin.topic());
        if (codec.isEmpty()) {
            return new Received.Undecodable(origin, "topic", origin.topic(), "is no topic of Holdfast", key, value);
        }
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return new Received.Undecodable(origin, "key", hex(key), "is no UTF-8 text", key, value);
        }
        return value == null
                ? removal(origin, codec.get().topic(), text.get(), key)
                : message(origin, codec.get(), text.get(), key, value, headers);
    }

    private static Received removal(Origin origin, Topic topic, String text, byte[] key) {
        return topic.tombstones() && !text.isEmpty()
                ? new Received.Removal(origin, text)
                : new Received.Undecodable(origin, "value", "", "is missing, and this topic has no removals", key, null);
    }

    private static Received message(
            Origin origin, ValueCodec codec, String text, byte[] key, byte[] value, Function<String, byte[]> headers) {
        return switch (codec.decode(value)) {
            case Decoded.Value(String summary, Record body) ->
                new Received.Message(origin, text, summary, body, CloudEvent.from(headers));
            case Decoded.Unreadable(String field, String excerpt, String reason) ->
                new Received.Undecodable(origin, field.isEmpty() ? "value" : field, excerpt, reason, key, value);
        };
    }

    private static Optional<String> text(byte[] key) {
        if (key == null) {
            return Optional.of("");
        }
        if (isAscii(key)) {
            return Optional.of(new String(key, StandardCharsets.US_ASCII));
        }
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(key)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static boolean isAscii(byte[] key) {
        for (byte each : key) {
            if (each < 0) {
                return false;
            }
        }
        return true;
    }

    private static String hex(byte[] bytes) {
        return "0x" + HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, SHOWN));
    }
}
