package dev.holdfast.encoding.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;

/** The hash of a whole state in a checkpoint of the journal. */
public final class StateHash {

    private StateHash() {}

    /**
     * SHA-256, in hexadecimal digits, over the entities in the order given: the length of the key in 4 bytes, the key, the
     * length of the value in 4 bytes, the value.
     */
    public static String of(Map<String, byte[]> entities) {
        MessageDigest digest = Chain.sha256();
        entities.forEach((key, value) -> {
            add(digest, key.getBytes(StandardCharsets.UTF_8));
            add(digest, value);
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, byte[] bytes) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
    }
}
