package dev.holdfast.replication.volume;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The arithmetic of blocks and parts. A block is the unit of an increment, a part (four blocks) the unit of storage:
 * small enough that a scattered change costs little, large enough that a gibibyte is 4,096 hard links.
 */
final class Blocks {

    static final int BLOCK = 64 * 1024;
    static final int PER_PART = 4;
    static final int PART = BLOCK * PER_PART;
    static final int HASH = 32;

    private Blocks() {}

    static int count(long size) {
        return Math.toIntExact((size + BLOCK - 1) / BLOCK);
    }

    static int parts(long size) {
        return Math.toIntExact((size + PART - 1) / PART);
    }

    /** Bytes of the block, less than a whole one at the end of the file; 0 behind it. */
    static int length(long size, int block) {
        return Math.clamp(size - (long) block * BLOCK, 0, BLOCK);
    }

    static int partLength(long size, int part) {
        return Math.clamp(size - (long) part * PART, 0, PART);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
