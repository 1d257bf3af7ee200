package dev.holdfast.replication.volume;

import dev.holdfast.replication.volume.Entry.RegularFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where a live volume differs from a reference, with the bytes of every changed block kept in a scratch file.
 *
 * @param tree the names, at the same moment
 * @param changes changed blocks by path and number; no entry for a file that is as in the reference
 * @param unstable paths that changed while they were read; never any while the guest stands still
 * @param scratch open for reading, owned by whoever made the capture
 */
record Capture(LiveTree tree, Map<String, Map<Integer, Change>> changes, Set<String> unstable, FileChannel scratch)
        implements BlockSource {

    /** @param offset where the block's bytes begin in the scratch file */
    record Change(int length, long offset) {}

    long changedBytes() {
        return changes.values().stream()
                .flatMap(blocks -> blocks.values().stream())
                .mapToLong(Change::length)
                .sum();
    }

    /** Everything as entries of a manifest; hashes the changed blocks. Unstable files are left out. */
    List<Entry> entries(Reference reference) throws IOException {
        List<Entry> entries = new ArrayList<>(tree.others());
        for (LiveFile file : tree.files().values()) {
            if (!unstable.contains(file.path())) {
                entries.add(new RegularFile(
                        file.path(), file.mode(), file.mtime(), file.size(), hashes(file, reference)));
            }
        }
        return entries;
    }

    private BlockHashes hashes(LiveFile file, Reference reference) throws IOException {
        Map<Integer, Change> changed = changes.getOrDefault(file.path(), Map.of());
        byte[] hashes = new byte[Blocks.count(file.size()) * Blocks.HASH];
        ByteBuffer buffer = ByteBuffer.allocate(Blocks.BLOCK);
        for (int block = 0; block < Blocks.count(file.size()); block++) {
            Change change = changed.get(block);
            if (change == null) {
                reference.file(file.path()).orElseThrow().hashes().copyTo(block, hashes);
            } else {
                read(change, buffer.clear());
                var digest = Blocks.sha256();
                digest.update(buffer.flip());
                System.arraycopy(digest.digest(), 0, hashes, block * Blocks.HASH, Blocks.HASH);
            }
        }
        return new BlockHashes(hashes);
    }

    @Override
    public void read(RegularFile file, int block, ByteBuffer into) throws IOException {
        read(changes.get(file.path()).get(block), into);
    }

    private void read(Change change, ByteBuffer into) throws IOException {
        ByteBuffer slice = into.slice(into.position(), change.length());
        while (slice.hasRemaining()) {
            if (scratch.read(slice, change.offset() + slice.position()) < 0) {
                throw new EOFException("scratch file ends before offset " + change.offset());
            }
        }
        into.position(into.position() + change.length());
    }

    /** Quiet files that are as in the reference this was compared with. */
    Map<String, LiveFile> unchanged(Map<String, LiveFile> quiet) {
        Map<String, LiveFile> unchanged = stable(quiet);
        unchanged.keySet().removeAll(changes.keySet());
        return unchanged;
    }

    /** Quiet files that did not move while they were read: a reference built from this holds the same. */
    Map<String, LiveFile> stable(Map<String, LiveFile> quiet) {
        Map<String, LiveFile> stable = new HashMap<>(quiet);
        stable.keySet().removeAll(unstable);
        return stable;
    }
}
