package dev.holdfast.core.guest;

/** How a guest's volume is stored, snapshotted and sent. */
public enum VolumeDriver {
    /** A plain directory; snapshots copy changed files while the guest is paused, increments are changed blocks. */
    DIRECTORY
}
