package dev.holdfast.replication.volume;

import java.util.Arrays;

/** The SHA-256 of every block of a file, in order. The array handed in is not copied: nobody writes to it later. */
final class BlockHashes {

    private final byte[] bytes;

    BlockHashes(byte[] bytes) {
        if (bytes.length % Blocks.HASH != 0) {
            throw new IllegalArgumentException(bytes.length + " bytes are not a number of SHA-256 hashes");
        }
        this.bytes = bytes;
    }

    int count() {
        return bytes.length / Blocks.HASH;
    }

    BlockHash at(int block) {
        return BlockHash.at(bytes, block * Blocks.HASH);
    }

    boolean sameAt(int block, BlockHashes other) {
        return sameRange(block, other, block, 1);
    }

    /** Whether {@code blocks} hashes from {@code first} equal those of the other from {@code otherFirst}. */
    boolean sameRange(int first, BlockHashes other, int otherFirst, int blocks) {
        if (first + blocks > count() || otherFirst + blocks > other.count()) {
            return false;
        }
        int from = first * Blocks.HASH;
        int otherFrom = otherFirst * Blocks.HASH;
        int length = blocks * Blocks.HASH;
        return Arrays.equals(bytes, from, from + length, other.bytes, otherFrom, otherFrom + length);
    }

    /** Copies one hash into an array of hashes that is still being made. */
    void copyTo(int block, byte[] target) {
        System.arraycopy(bytes, block * Blocks.HASH, target, block * Blocks.HASH, Blocks.HASH);
    }

    byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BlockHashes hashes && Arrays.equals(bytes, hashes.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return count() + " block hashes";
    }
}
