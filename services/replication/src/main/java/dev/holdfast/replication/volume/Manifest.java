package dev.holdfast.replication.volume;

import dev.holdfast.core.message.Snapshot;
import dev.holdfast.replication.volume.Entry.RegularFile;
import java.util.List;
import java.util.OptionalInt;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a snapshot holds.
 *
 * @param guest whose volume
 * @param snapshot its identity
 * @param entries every name, parents before children, the volume itself first
 */
record Manifest(String guest, Snapshot snapshot, List<Entry> entries) {

    Manifest {
        entries = List.copyOf(entries);
    }

    List<RegularFile> files() {
        return entries.stream()
                .filter(RegularFile.class::isInstance)
                .map(RegularFile.class::cast)
                .toList();
    }

    Map<String, RegularFile> filesByPath() {
        return files().stream().collect(Collectors.toMap(RegularFile::path, Function.identity()));
    }

    StoredSnapshot summary() {
        List<RegularFile> files = files();
        return new StoredSnapshot(snapshot, files.stream().mapToLong(RegularFile::size).sum(), OptionalInt.of(files.size()));
    }
}
