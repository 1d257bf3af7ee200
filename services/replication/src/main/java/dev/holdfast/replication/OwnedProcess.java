package dev.holdfast.replication;

import dev.holdfast.replication.volume.Pause;

/** The processes of one run of a guest, as its replication needs them. */
interface OwnedProcess {

    /** Whether they run, for all that is known. */
    boolean runs();

    /** Makes them stand still for one snapshot. */
    Pause pause();
}
