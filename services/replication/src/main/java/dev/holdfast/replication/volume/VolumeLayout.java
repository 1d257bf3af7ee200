package dev.holdfast.replication.volume;

import java.nio.file.Path;

/**
 * Where everything of one guest lies; see the package description.
 *
 * @param guest a name that is also safe as a directory
 * @param folder {@code volumes/<guest>}
 */
record VolumeLayout(String guest, Path folder) {

    /** @throws IllegalArgumentException if the name cannot be a directory of its own */
    static VolumeLayout of(Path volumes, String guest) {
        VolumeName.require("guest", guest);
        return new VolumeLayout(guest, volumes.resolve(guest));
    }

    Path live() {
        return folder.resolve("live");
    }

    Path origin() {
        return folder.resolve("live.origin");
    }

    Path snapshots() {
        return folder.resolve("snapshots");
    }

    Path replicas() {
        return folder.resolve("replicas");
    }

    Path common() {
        return folder.resolve("common");
    }

    Path prepared() {
        return folder.resolve("prepared");
    }

    Path aside() {
        return folder.resolve("aside");
    }

    Path partial() {
        return folder.resolve("partial");
    }

    Path partial(String work) {
        return partial().resolve(work);
    }
}
