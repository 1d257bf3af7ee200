package dev.holdfast.replication.volume;

import dev.holdfast.replication.volume.Entry.RegularFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The blocks of a snapshot that a base does not hold, each distinct one once, in the order of the manifest. Both ends
 * of an increment come to the same list from the two manifests, so it is never sent.
 */
final class MissingBlocks {

    record Missing(RegularFile file, int block) {}

    private final List<Missing> blocks = new ArrayList<>();
    private long bytes;

    MissingBlocks(Reference base, Manifest manifest) {
        Set<BlockHash> seen = new HashSet<>();
        for (RegularFile file : manifest.files()) {
            Optional<RegularFile> earlier = base.file(file.path());
            for (int block = 0; block < file.hashes().count(); block++) {
                boolean inPlace = earlier.isPresent()
                        && block < earlier.get().hashes().count()
                        && file.hashes().sameAt(block, earlier.get().hashes());
                if (!inPlace && !base.holds(file.hashes().at(block)) && seen.add(file.hashes().at(block))) {
                    blocks.add(new Missing(file, block));
                    bytes += Blocks.length(file.size(), block);
                }
            }
        }
    }

    List<Missing> blocks() {
        return blocks;
    }

    long bytes() {
        return bytes;
    }
}
