package dev.holdfast.replication;

import dev.holdfast.replication.volume.Pause;

/** The processes of one run of a guest, as its replication needs them. */
interface OwnedProcess {

    /** What is known of them. */
    enum State {
        RUN,
        DO_NOT_RUN,
        /** The guard did not answer. */
        UNKNOWN
    }

    State state();

    /** Makes them stand still for one snapshot. */
    Pause pause();
}
