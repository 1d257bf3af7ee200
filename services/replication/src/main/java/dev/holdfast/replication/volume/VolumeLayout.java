package dev.holdfast.replication.volume;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Where everything of one guest lies; see the package description.
 *
 * @param guest a name that is also safe as a directory
 * @param folder {@code volumes/<guest>}
 */
record VolumeLayout(String guest, Path folder) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    /** @throws IllegalArgumentException if the name cannot be a directory of its own */
    static VolumeLayout of(Path volumes, String guest) {
        requireName("guest", guest);
        return new VolumeLayout(guest, volumes.resolve(guest));
    }

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    static void requireName(String what, String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException(what + " '" + name
                    + "': 1 to 63 letters, digits, dots, underscores and hyphens, the first a letter or digit");
        }
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
