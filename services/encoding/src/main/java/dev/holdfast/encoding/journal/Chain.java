package dev.holdfast.encoding.journal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The chain of hashes through the values of a chained topic. Each value ends in the SHA-256 of the end of the value
 * before and of its own bytes before that end: none can be changed, left out or moved without the next one telling.
 */
public final class Chain {

    /** Bytes of a hash. */
    public static final int BYTES = 32;

    private Chain() {}

    /** What stands before the first value: zeros. */
    public static byte[] beginning() {
        return new byte[BYTES];
    }

    /**
     * Puts the hash at the end of a value that has room for it there.
     *
     * @param before the hash of the value before
     * @return the hash
     */
    public static byte[] link(byte[] before, byte[] value) {
        byte[] hash = hash(before, value);
        System.arraycopy(hash, 0, value, value.length - BYTES, BYTES);
        return hash;
    }

    /** The hash that stands at the end of a value; null if the value is too short to hold one. */
    public static byte[] of(byte[] value) {
        return value.length < BYTES ? null : Arrays.copyOfRange(value, value.length - BYTES, value.length);
    }

    /** Whether the value, in every bit, is what was written after the one with that hash. */
    public static boolean follows(byte[] before, byte[] value) {
        return value.length >= BYTES && MessageDigest.isEqual(of(value), hash(before, value));
    }

    /** In hexadecimal digits. */
    public static String text(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }

    /**
     * The hash with those digits.
     *
     * @throws IllegalArgumentException if they are not 64 hexadecimal digits
     */
    public static byte[] parse(String text) {
        byte[] hash = HexFormat.of().parseHex(text);
        if (hash.length != BYTES) {
            throw new IllegalArgumentException("a hash has " + 2 * BYTES + " digits, not " + text.length());
        }
        return hash;
    }

    private static byte[] hash(byte[] before, byte[] value) {
        MessageDigest digest = sha256();
        digest.update(before);
        digest.update(value, 0, value.length - BYTES);
        return digest.digest();
    }

    /** Every Java platform has it. */
    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java platform has no SHA-256", e);
        }
    }
}
