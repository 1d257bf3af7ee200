package dev.holdfast.core.guest;

/** How a guest's volume is stored, snapshotted and sent. */
public enum VolumeKind {
    /** However a node keeps its volumes. */
    ANY,
    /** A plain directory; snapshots copy changed files while the guest is paused, increments are changed blocks. */
    DIRECTORY,
    /** A dataset of a ZFS pool; snapshots, increments and clones are those of ZFS. */
    ZFS;

    /** Whether a guest that wants this can have its volume where volumes are kept like that. */
    public boolean isMetBy(VolumeKind kept) {
        return this == ANY || this == kept;
    }
}
