package dev.holdfast.replication.volume;

import dev.holdfast.replication.volume.Entry.Directory;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a list of entries must hold before a single file is written from it. Because a parent must be a directory of
 * the same list, no entry can be reached through a symbolic link or lie inside the parts of a file.
 */
final class EntryRules {

    private static final int MAX_NAME = 255;
    private static final int MAX_PATH = 4000;

    private EntryRules() {}

    static void check(List<Entry> entries) throws InvalidManifest {
        if (entries.isEmpty() || !(entries.getFirst() instanceof Directory root) || !root.path().isEmpty()) {
            throw new InvalidManifest("manifest: the first entry is not the volume itself");
        }
        Set<String> seen = new HashSet<>(Set.of(""));
        Set<String> directories = new HashSet<>(Set.of(""));
        for (Entry entry : entries.subList(1, entries.size())) {
            String path = entry.path();
            checkNames(path);
            if (!directories.contains(parent(path))) {
                throw new InvalidManifest("path '" + path + "': its parent is not a directory named before it");
            }
            if (!seen.add(path)) {
                throw new InvalidManifest("path '" + path + "': named twice");
            }
            if (entry instanceof Directory) {
                directories.add(path);
            }
        }
    }

    static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    private static void checkNames(String path) throws InvalidManifest {
        if (path.getBytes(StandardCharsets.UTF_8).length > MAX_PATH) {
            throw new InvalidManifest("path of " + path.length() + " characters: allowed are " + MAX_PATH + " bytes");
        }
        for (String name : path.split("/", -1)) {
            boolean wrong = name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('\0') >= 0;
            // A replacement character is a name this node could not read as UTF-8: writing it would rename the file.
            if (wrong || name.indexOf('\uFFFD') >= 0 || name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME) {
                throw new InvalidManifest("path '" + path + "': '" + name + "' is not a name of a file");
            }
        }
    }
}
