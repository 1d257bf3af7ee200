package dev.holdfast.replication.volume;

import dev.holdfast.replication.volume.Entry.Directory;
import dev.holdfast.replication.volume.Entry.RegularFile;
import dev.holdfast.replication.volume.Entry.SymbolicLink;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Says what a live volume that stands still holds beyond a snapshot; looks at every byte. */
final class LiveAgainstSnapshot {

    private final VolumeLayout layout;
    private final Stored stored;

    LiveAgainstSnapshot(VolumeLayout layout, Stored stored) {
        this.layout = layout;
        this.stored = stored;
    }

    Divergence compare(LiveTree live) throws IOException {
        Capture capture = capture(live);
        boolean same = capture.changes().isEmpty()
                && capture.unstable().isEmpty()
                && live.files().keySet().equals(stored.manifest().filesByPath().keySet())
                && names(live.others()).equals(names(stored.manifest().entries()));
        return new Divergence(
                Optional.of(stored.manifest().snapshot().takenAt()), capture.changedBytes(), same);
    }

    private Capture capture(LiveTree live) throws IOException {
        Durable.createDirectory(layout.partial());
        Path scratch = layout.partial("divergence");
        try (Workers workers = Workers.computing();
                FileChannel channel = FileChannel.open(
                        scratch,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            return new Comparison(layout.live()::resolve, Reference.of(stored), channel, PauseLimit.none())
                    .capture(live, Map.of(), workers);
        } finally {
            Files.deleteIfExists(scratch);
        }
    }

    /** Directories and symbolic links, without what a mere look at them may change. */
    private static Set<String> names(List<Entry> entries) {
        return entries.stream()
                .map(entry -> switch (entry) {
                    case Directory directory -> "d" + directory.path();
                    case SymbolicLink link -> "l" + link.path() + "\0" + link.target();
                    case RegularFile file -> "";
                })
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
    }
}
