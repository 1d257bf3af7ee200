package dev.holdfast.recovery;

import dev.holdfast.core.guest.VolumeKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The live volumes of this node, as starts find them. */
public interface GuestVolumes {

    /**
     * Why a start cannot use a volume.
     *
     * @param nothingThere whether this node keeps nothing at all of the guest, so that it has certainly never run here
     */
    record Problem(String reason, boolean nothingThere) {}

    /** How volumes are kept here; never {@link VolumeKind#ANY}. */
    VolumeKind kept();

    /** Where the guest finds its files. There may be nothing yet. */
    Path live(String guest);

    /** Empty if the volume of a guest that has run before is there. */
    Optional<Problem> missing(String guest) throws IOException;

    /**
     * Makes the empty volume of a new guest. It is on the disk before anything can run in it: that it is missing after a
     * power loss must mean that nothing ever ran.
     *
     * @return empty if it is there and holds nothing
     */
    Optional<Problem> create(String guest) throws IOException;
}
