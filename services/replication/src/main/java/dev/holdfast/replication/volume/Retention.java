package dev.holdfast.replication.volume;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Decides which snapshots of a guest may go. */
final class Retention {

    private final GuestVolume volume;

    Retention(GuestVolume volume) {
        this.volume = volume;
    }

    void noteCommon(String node, String snapshot) throws IOException {
        VolumeName.require("node", node);
        Path common = Durable.createDirectory(volume.layout.common());
        Durable.replace(common.resolve(node), snapshot.getBytes(StandardCharsets.US_ASCII));
    }

    List<String> retain(int keep, Set<String> alsoKeep) throws IOException {
        if (keep < 1) {
            throw new IllegalArgumentException("keep " + keep + ": the last snapshot always stays, use 1 or more");
        }
        Set<String> kept = new HashSet<>(alsoKeep);
        kept.addAll(commonWithOthers());
        List<StoredSnapshot> all = volume.store.all();
        List<String> deleted = new ArrayList<>();
        for (StoredSnapshot old : all.subList(0, Math.max(0, all.size() - keep))) {
            if (!kept.contains(old.id()) && volume.deleteUnlessUsed(old.id())) {
                deleted.add(old.id());
            }
        }
        return deleted;
    }

    private Set<String> commonWithOthers() throws IOException {
        Set<String> common = new HashSet<>();
        if (Files.isDirectory(volume.layout.common())) {
            try (DirectoryStream<Path> nodes = Files.newDirectoryStream(volume.layout.common())) {
                for (Path node : nodes) {
                    common.add(Files.readString(node).trim());
                }
            }
        }
        return common;
    }
}
