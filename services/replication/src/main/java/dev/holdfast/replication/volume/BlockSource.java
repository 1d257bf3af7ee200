package dev.holdfast.replication.volume;

import dev.holdfast.replication.volume.Entry.RegularFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Gives the blocks that are in no earlier tree. Asked once for each distinct block, in the order of the manifest. */
@FunctionalInterface
interface BlockSource {

    /** Appends exactly the block's bytes at the buffer's position. */
    void read(RegularFile file, int block, ByteBuffer into) throws IOException;
}
