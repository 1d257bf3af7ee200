package dev.holdfast.replication.zfs;

import dev.holdfast.replication.volume.Divergence;
import dev.holdfast.replication.zfs.GuestState.Dataset;
import dev.holdfast.replication.zfs.GuestState.Snap;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Says what a live dataset that stands still holds beyond a snapshot of its own.
 *
 * <p>An increment between two states that are the same has a first and a last record and nothing between them. Anything
 * else counts as a difference, be it no more than a timestamp: what is not known to be the same is kept.
 */
final class Comparison {

    private static final String CHECK = "hf-check";

    /** Two records of a stream, the same in every version of it. */
    private static final long NOTHING_BUT_ENDS = 2 * 312;

    private static final Duration END = Duration.ofSeconds(30);

    private final GuestDatasets datasets;

    Comparison(GuestDatasets datasets) {
        this.datasets = datasets;
    }

    Divergence of(Dataset live, Snap since) throws IOException {
        datasets.syncLive(live);
        String check = live.name() + "@" + CHECK;
        datasets.zfs().run(List.of("zfs", "snapshot", check));
        try {
            long bytes = difference(since, check);
            Optional<Duration> takenAt = since.identity().map(Identity::takenAt);
            return bytes == 0
                    ? new Divergence(takenAt, 0, true)
                    : new Divergence(takenAt, bytes(live, since, bytes), false);
        } finally {
            datasets.destroy(check);
        }
    }

    private long difference(Snap since, String check) throws IOException {
        try (ZfsStream sending = datasets.zfs().start(List.of("zfs", "send", "-i", "@" + since.name(), check))) {
            sending.input().close();
            long bytes = count(sending.output());
            if (!datasets.can().written() || bytes <= NOTHING_BUT_ENDS) {
                sending.finish(END);
            }
            return bytes - NOTHING_BUT_ENDS;
        }
    }

    /** To the end; but no further than it takes to know that there is something, where ZFS counts the rest itself. */
    private long count(InputStream stream) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long bytes = 0;
        for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
            bytes += read;
            if (datasets.can().written() && bytes > NOTHING_BUT_ENDS) {
                return bytes;
            }
        }
        return bytes;
    }

    private long bytes(Dataset live, Snap since, long counted) throws IOException {
        if (!datasets.can().written()) {
            return counted;
        }
        return Long.parseLong(datasets.zfs()
                .run(List.of("zfs", "get", "-Hp", "-o", "value", "written@" + since.name(), live.name()))
                .getFirst());
    }
}
