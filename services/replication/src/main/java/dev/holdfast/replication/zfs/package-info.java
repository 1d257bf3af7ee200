/**
 * Volumes of guests on ZFS, over the {@code zfs} and {@code zpool} commands. Knows nothing of Kafka.
 *
 * <h2>How a volume is kept</h2>
 * <pre>
 * &lt;dataset&gt;/&lt;guest&gt;                read-only, mounted nowhere; carries what is known of the guest
 * &lt;dataset&gt;/&lt;guest&gt;/live           the guest's files, mounted at &lt;mounts&gt;/&lt;guest&gt;/live
 * &lt;dataset&gt;/&lt;guest&gt;/replica        what is received; never mounted
 * &lt;dataset&gt;/&lt;guest&gt;/incoming       a full copy that is not complete
 * &lt;dataset&gt;/&lt;guest&gt;/prepared       a clone made ahead of a promotion
 * &lt;dataset&gt;/&lt;guest&gt;/branch-&lt;n&gt;     snapshots that the replica's history left behind; goes with the last of them
 * &lt;dataset&gt;/&lt;guest&gt;/aside-&lt;name&gt;   a superseded live, kept, mounted read-only at &lt;mounts&gt;/&lt;guest&gt;/aside/&lt;name&gt;
 * </pre>
 * A snapshot is named {@code hf-<epoch>-<sequence>} and is known by its GUID, which is the same wherever it was received
 * and never that of another one: a name alone proves nothing. It is complete once the property
 * {@code holdfast:snapshot} is set on it, with everything of its identity that ZFS does not keep; that is the last step
 * of taking and of receiving one. Whichever dataset holds a complete snapshot, it can be promoted and built on.
 *
 * <h2>Whose history it is</h2>
 * ZFS receives an increment only into the dataset that holds the base as its newest snapshot. So where the base lies
 * elsewhere (in a superseded live, or below a snapshot of an owner that is none any more), a clone of it takes over the
 * history up to there ({@code zfs promote}) and becomes the replica; what lies beyond it stays as a clone of that.
 * Nothing is rolled back, nothing is received by force, and no destroy is recursive.
 *
 * <h2>Properties</h2>
 * On the guest: {@code holdfast:common} (node=GUID of the newest snapshot that node is known to hold) and
 * {@code holdfast:receiving} (GUID and identity of what is being received, set before its first byte). On live:
 * {@code holdfast:origin} (the promotion that made it). On an aside: {@code holdfast:aside} (divergent bytes, since
 * when). Holds: {@code holdfast:sending} while a snapshot is sent or built on, {@code holdfast:common-<node>}.
 *
 * <p>Where ZFS has bookmarks, whatever was sent leaves one of its own name, and an increment can build on that when the
 * snapshot itself was destroyed. Only the source needs no more of a base; the target has to have all of it.
 *
 * <p>Child datasets of a live are not replicated: a snapshot is refused then. An encrypted dataset is sent raw or not at
 * all; where it is promoted its key has to be there, and is looked for before anything is changed. Pages written through
 * a memory map and not synced are brought to ZFS just before the guest stands still, not while it does: as after a power
 * cut.
 */
package dev.holdfast.replication.zfs;
