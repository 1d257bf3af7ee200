package dev.holdfast.replication.zfs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumSet;
import java.util.Set;

/** What the first record of a stream of ZFS says of the rest: bits of its format, which is the same for all. */
enum StreamFeatures {
    EMBEDDED(16),
    LARGE_BLOCKS(19),
    RESUMING(20),
    COMPRESSED(22),
    RAW(24);

    private static final long MAGIC = 0x2F5bacbacL;

    /** The bits come behind two that say whether it is a package of streams. */
    private static final int FIRST = 2;

    private final int bit;

    StreamFeatures(int bit) {
        this.bit = bit;
    }

    /** @param stream with or without what this driver puts before it */
    static Set<StreamFeatures> of(byte[] stream) {
        ByteBuffer bytes = ByteBuffer.wrap(stream).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < Math.min(stream.length - 16, 4096); at++) {
            if (bytes.getLong(at) == MAGIC) {
                long version = bytes.getLong(at + 8);
                Set<StreamFeatures> found = EnumSet.noneOf(StreamFeatures.class);
                for (StreamFeatures feature : values()) {
                    if ((version >>> (FIRST + feature.bit) & 1) == 1) {
                        found.add(feature);
                    }
                }
                return found;
            }
        }
        throw new AssertionError("no stream of ZFS");
    }
}
