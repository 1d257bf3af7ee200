package dev.holdfast.replication.zfs;

import dev.holdfast.core.message.Snapshot;
import dev.holdfast.core.node.Incarnation;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Holdfast knows of a snapshot beyond what ZFS keeps of it, as the text of one property: set in one step, it is
 * there whole or not at all. The GUID, which is the id, belongs to ZFS.
 */
record Identity(long epoch, long sequence, Duration takenAt, String owner, Incarnation ownerIncarnation) {

    private static final Pattern FORM =
            Pattern.compile("(\\d{1,18}) (\\d{1,18}) (\\d{1,18}) ([A-Za-z0-9._-]{1,63}) (\\d{1,18}\\.\\d{1,18})");

    static Identity of(Snapshot snapshot) {
        return new Identity(
                snapshot.epoch(), snapshot.sequence(), snapshot.takenAt(), snapshot.owner(),
                snapshot.ownerIncarnation());
    }

    /** @throws IllegalArgumentException if the text was not made by {@link #encode} */
    static Identity decode(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no identity of a snapshot");
        }
        return new Identity(
                Long.parseLong(matcher.group(1)),
                Long.parseLong(matcher.group(2)),
                Duration.ofNanos(Long.parseLong(matcher.group(3))),
                matcher.group(4),
                Incarnation.parse(matcher.group(5)));
    }

    String encode() {
        return epoch + " " + sequence + " " + takenAt.toNanos() + " " + owner + " " + ownerIncarnation;
    }

    /** The part of the snapshot's name behind the {@code @}. */
    String name() {
        return "hf-" + epoch + "-" + sequence;
    }

    Snapshot snapshot(String guid) {
        return new Snapshot(guid, epoch, sequence, takenAt, owner, ownerIncarnation);
    }
}
