package dev.holdfast.replication.volume;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The complete snapshots of one guest on this node, taken here or received. */
final class SnapshotStore {

    private final VolumeLayout layout;
    private final Map<String, StoredSnapshot> summaries = new ConcurrentHashMap<>();

    SnapshotStore(VolumeLayout layout) {
        this.layout = layout;
    }

    /** Oldest first. A snapshot whose manifest is damaged is not complete and not listed. */
    List<StoredSnapshot> list(Path home) throws IOException {
        List<StoredSnapshot> found = new ArrayList<>();
        for (Path folder : folders(home)) {
            summary(folder).ifPresent(found::add);
        }
        found.sort(null);
        return found;
    }

    List<StoredSnapshot> all() throws IOException {
        return Stream.concat(list(layout.snapshots()).stream(), list(layout.replicas()).stream())
                .sorted()
                .distinct()
                .toList();
    }

    Optional<StoredSnapshot> newest() throws IOException {
        List<StoredSnapshot> all = all();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }

    Optional<Stored> find(String id) {
        return SnapshotName.isValid(id) ? folder(id).flatMap(SnapshotStore::open) : Optional.empty();
    }

    /** Names of directories that look like snapshots and cannot be read as such. */
    List<String> damaged() throws IOException {
        List<String> damaged = new ArrayList<>();
        for (Path home : List.of(layout.snapshots(), layout.replicas())) {
            for (Path folder : folders(home)) {
                if (open(folder).isEmpty()) {
                    damaged.add(folder.getFileName().toString());
                }
            }
        }
        return damaged;
    }

    /** Taken out of sight in one step, so that a half-deleted snapshot never looks complete. */
    void delete(String id) throws IOException {
        Path folder = folder(id).orElseThrow();
        Path trash = Durable.createDirectory(layout.partial()).resolve("trash-" + id);
        Durable.deleteTree(trash);
        Durable.rename(folder, trash);
        summaries.remove(id);
        Durable.deleteTree(trash);
    }

    private Optional<Path> folder(String id) {
        return Stream.of(layout.snapshots(), layout.replicas())
                .map(home -> home.resolve(id))
                .filter(Files::isDirectory)
                .findFirst();
    }

    private Optional<StoredSnapshot> summary(Path folder) {
        StoredSnapshot summary = summaries.get(folder.getFileName().toString());
        if (summary != null) {
            return Optional.of(summary);
        }
        Optional<StoredSnapshot> read = open(folder).map(stored -> stored.manifest().summary());
        read.ifPresent(found -> summaries.put(found.id(), found));
        return read;
    }

    private static Optional<Stored> open(Path folder) {
        try {
            return Optional.of(Stored.open(folder));
        } catch (IOException notComplete) {
            return Optional.empty();
        }
    }

    private static List<Path> folders(Path home) throws IOException {
        List<Path> folders = new ArrayList<>();
        if (Files.isDirectory(home)) {
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(home)) {
                stream.forEach(folders::add);
            }
        }
        return folders;
    }
}
