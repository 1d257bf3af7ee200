package dev.holdfast.replication.volume;

import java.util.List;

/**
 * What a guest takes on this node.
 *
 * @param liveBytes sizes of the files of live
 * @param storedBytes of all snapshots and replicas; what they share counts once
 * @param asideBytes sizes of everything set aside
 * @param freeBytes left on the file system
 * @param damaged directories that look like snapshots and cannot be read as such; never promoted, never deleted
 */
public record Usage(long liveBytes, long storedBytes, long asideBytes, long freeBytes, List<String> damaged) {}
