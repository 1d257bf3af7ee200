/**
 * Volumes of guests, their snapshots and replicas, and the promotion of a replica. Knows nothing of Kafka.
 *
 * <h2>How a directory volume is kept</h2>
 * <pre>
 * volumes/&lt;guest&gt;/live/               the guest's files, as it sees them
 * volumes/&lt;guest&gt;/live.origin         which promotion made live, if one did
 * volumes/&lt;guest&gt;/snapshots/&lt;id&gt;/     taken here      manifest + tree/
 * volumes/&lt;guest&gt;/replicas/&lt;id&gt;/      received here   manifest + tree/
 * volumes/&lt;guest&gt;/common/&lt;node&gt;       id of the newest snapshot that node is known to hold too
 * volumes/&lt;guest&gt;/prepared/&lt;id&gt;/      a clone made ahead of a promotion
 * volumes/&lt;guest&gt;/aside/&lt;name&gt;/       a superseded live, kept
 * volumes/&lt;guest&gt;/partial/            whatever is not complete; emptied at start
 * </pre>
 * A stored tree cuts files into parts of 256 KiB (a smaller file is one plain file; a larger one is a directory of
 * parts, {@code cat part-*} gives it back). An unchanged part is a hard link to the same part of an earlier snapshot,
 * so a snapshot costs what changed, on any file system. Parts are never written after they were completed, and
 * nothing in a stored tree is ever linked with a file of {@code live}.
 *
 * <p>The manifest names every directory, file and symbolic link, with mode and mtime, and the SHA-256 of every 64 KiB
 * block. It ends in its own checksum, and it is what makes a directory a snapshot: it is written and synced last,
 * then the directory is renamed into place and that rename is synced. Two nodes hold the same snapshot when they hold
 * the same id, which is derived from guest, epoch, sequence and content.
 *
 * <p>Not kept: owner and group, extended attributes, holes of sparse files, hard links between files (they become
 * separate files), mtimes of symbolic links; sockets, pipes and devices are left out.
 */
package dev.holdfast.replication.volume;
