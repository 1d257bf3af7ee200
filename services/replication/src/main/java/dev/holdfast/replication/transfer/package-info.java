/**
 * Snapshots on their way from node to node, beside Kafka, over whatever {@code replication.transport} opens.
 *
 * <h2>Protocol</h2>
 * The owner connects. Every frame it sends until the data is {@code magic, length, payload, CRC-32C}.
 * <pre>
 * owner   → hello     guest, epoch, source, incarnation of the source, target, incarnation of the target,
 *                     snapshot, ids of possible bases
 * target  → accept    id of the base it wants to build on, or none: then a full copy; and, if a receive was cut that
 *                     can be resumed, its snapshot and token: then the owner may send the rest of that instead
 *         or refuse   reason, sentence
 * owner   → chunks    length (1 to 65,536) and that many bytes, …, then 0, number of bytes, CRC-32C over them all
 *                     between chunks, -1: I am here, and my limit lets me send nothing yet
 * target  → working   bytes taken so far, from time to time
 * target  → stored    the snapshot is complete and durable under its name
 *         or failed   reason, sentence
 * </pre>
 * The receiver decides: it refuses an epoch below its replica floor (rule R11), and it names the base. Nothing is
 * buffered beyond one chunk and the connection, so a slow disk slows the owner down. Either side cuts a connection on
 * which nothing moves for the stall limit; until the target's first answer the owner waits longer by what the way there
 * may take, for it may still be logging in. One connection carries one snapshot: a cut one is begun again from the base
 * that the target names then.
 *
 * <h2>The limit</h2>
 * All transfers of a node share one token bucket. An owner that waits for its tokens gives a sign every quarter of the
 * stall limit and sends on what it has buffered, so the target sees no stall. The owner in turn believes a limited
 * target alive only by what that has taken: its own writes fit into the buffers between long after the target is gone.
 */
package dev.holdfast.replication.transfer;
