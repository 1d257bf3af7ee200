/**
 * What carries bytes between two nodes, and nothing of what the bytes mean.
 *
 * <table>
 * <caption>The ways to a target</caption>
 * <tr><th>way</th><th>who may use it</th><th>a write waits when</th></tr>
 * <tr><td>{@link dev.holdfast.replication.transport.TcpRoute}</td>
 *     <td>whoever reaches the port</td><td>the sockets are full</td></tr>
 * <tr><td>{@link dev.holdfast.replication.transport.SshRoute}</td>
 *     <td>whose key the target's machine knows</td><td>the sockets and ssh's window (2 MiB) are full</td></tr>
 * <tr><td>{@link dev.holdfast.replication.transport.PipeRoute}</td>
 *     <td>this process</td><td>64 KiB are unread</td></tr>
 * </table>
 *
 * A pipe serves targets in the same process: there the transfer is the same, with its floors, receipts and restarts.
 * Above this package nothing knows which it is: stall detection, progress, limit and restart are those of the transfer.
 */
package dev.holdfast.replication.transport;
