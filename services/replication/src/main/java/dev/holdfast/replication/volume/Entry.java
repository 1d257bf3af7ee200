package dev.holdfast.replication.volume;

/** One name in a snapshot. Paths are relative to the volume, with {@code /} between names; the volume itself is "". */
sealed interface Entry {

    String path();

    /**
     * @param mode permission bits, as in chmod
     * @param mtime nanoseconds since 1970, as the file system of the owner had it
     */
    record Directory(String path, int mode, long mtime) implements Entry {}

    /**
     * @param size in bytes
     * @param hashes one for each block of the file
     */
    record RegularFile(String path, int mode, long mtime, long size, BlockHashes hashes) implements Entry {

        boolean partEquals(int part, RegularFile other, int otherPart) {
            int first = part * Blocks.PER_PART;
            int blocks = Blocks.count(Blocks.partLength(size, part));
            return Blocks.partLength(size, part) == Blocks.partLength(other.size, otherPart)
                    && hashes.sameRange(first, other.hashes, otherPart * Blocks.PER_PART, blocks);
        }
    }

    record SymbolicLink(String path, String target) implements Entry {}
}
