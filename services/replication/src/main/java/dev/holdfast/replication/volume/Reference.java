package dev.holdfast.replication.volume;

import dev.holdfast.replication.volume.Entry.RegularFile;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A complete tree that a new one is built from: same parts are linked, same blocks copied. */
final class Reference {

    static final Reference NOTHING = new Reference(null, Map.of());

    private final PartTree tree;
    private final Map<String, RegularFile> files;
    private Map<BlockHash, Location> locations;

    Reference(PartTree tree, Map<String, RegularFile> files) {
        this.tree = tree;
        this.files = files;
    }

    static Reference of(Stored stored) {
        return new Reference(stored.tree(), stored.manifest().filesByPath());
    }

    /** Where a block lies. */
    record Location(PartTree tree, RegularFile file, int block) {}

    PartTree tree() {
        return tree;
    }

    Optional<RegularFile> file(String path) {
        return Optional.ofNullable(files.get(path));
    }

    boolean holds(BlockHash hash) {
        return locations().containsKey(hash);
    }

    Optional<Location> locate(BlockHash hash) {
        return Optional.ofNullable(locations().get(hash));
    }

    /** Made at the first question: most snapshots of an idle guest never ask. */
    private Map<BlockHash, Location> locations() {
        if (locations == null) {
            locations = new HashMap<>();
            for (RegularFile file : files.values()) {
                for (int block = 0; block < file.hashes().count(); block++) {
                    locations.putIfAbsent(file.hashes().at(block), new Location(tree, file, block));
                }
            }
        }
        return locations;
    }
}
