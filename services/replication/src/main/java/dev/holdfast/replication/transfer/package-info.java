/**
 * Snapshots on their way from node to node, over TCP beside Kafka.
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
 * target  → working   bytes taken so far, from time to time
 * target  → stored    the snapshot is complete and durable under its name
 *         or failed   reason, sentence
 * </pre>
 * The receiver decides: it refuses an epoch below its replica floor (rule R11), and it names the base. Nothing is
 * buffered beyond one chunk and the sockets, so a slow disk slows the owner down. Either side cuts a connection on
 * which nothing moves for the stall limit. One connection carries one snapshot.
 */
package dev.holdfast.replication.transfer;
