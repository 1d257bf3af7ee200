package dev.holdfast.replication.volume;

import dev.holdfast.replication.volume.Entry.Directory;
import dev.holdfast.replication.volume.Entry.SymbolicLink;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The names in a live volume at one moment (or, of a running guest, within one).
 *
 * @param others directories and symbolic links, parents first
 * @param files regular files by path, in order of their paths within each directory
 */
record LiveTree(List<Entry> others, Map<String, LiveFile> files) {

    private static final int TYPE = 0170000;
    private static final int DIRECTORY = 0040000;
    private static final int REGULAR = 0100000;
    private static final int LINK = 0120000;

    /**
     * @throws IOException if something cannot be read; a file that vanishes meanwhile is left out
     */
    static LiveTree read(Path live, PauseLimit limit) throws IOException {
        LiveTree tree = new LiveTree(new ArrayList<>(), new LinkedHashMap<>());
        tree.add(live, "", limit);
        return tree;
    }

    private void add(Path path, String name, PauseLimit limit) throws IOException {
        limit.check();
        Map<String, Object> attributes;
        try {
            attributes = LiveFile.attributes(path);
        } catch (NoSuchFileException vanished) {
            return;
        }
        int mode = (int) attributes.get("mode");
        switch (mode & TYPE) {
            case DIRECTORY -> {
                others.add(new Directory(name, mode & 0777, LiveFile.nanos(attributes.get("lastModifiedTime"))));
                addChildren(path, name, limit);
            }
            case REGULAR -> files.put(name, LiveFile.describe(name, attributes));
            case LINK -> others.add(new SymbolicLink(name, Files.readSymbolicLink(path).toString()));
            default -> {
                // Sockets, pipes and devices hold no data that a copy could bring back.
            }
        }
    }

    private void addChildren(Path directory, String name, PauseLimit limit) throws IOException {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(children::add);
        } catch (NoSuchFileException vanished) {
            return;
        }
        children.sort(null);
        for (Path child : children) {
            String last = child.getFileName().toString();
            add(child, name.isEmpty() ? last : name + "/" + last, limit);
        }
    }
}
