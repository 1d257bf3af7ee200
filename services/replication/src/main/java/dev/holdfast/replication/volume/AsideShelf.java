package dev.holdfast.replication.volume;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What was set aside of one guest: directories, and beside each a small file that says what it is. */
final class AsideShelf {

    private static final String ABOUT = ".about";

    private final VolumeLayout layout;

    AsideShelf(VolumeLayout layout) {
        this.layout = layout;
    }

    Aside add(String name, Divergence divergence) throws IOException {
        VolumeName.require("aside name", name);
        Durable.createDirectory(layout.aside());
        String free = name;
        for (int number = 2; Files.exists(layout.aside().resolve(free), NOFOLLOW_LINKS); number++) {
            free = name + "-" + number;
        }
        long bytes = bytes(layout.live());
        Aside aside = new Aside(free, bytes, divergence.since(), divergence.bytes());
        // Before the rename: an aside that nobody can explain must not exist.
        Durable.replace(about(free), encode(aside).getBytes(StandardCharsets.UTF_8));
        Durable.rename(layout.live(), layout.aside().resolve(free));
        return aside;
    }

    List<Aside> list() throws IOException {
        List<Aside> asides = new ArrayList<>();
        if (!Files.isDirectory(layout.aside())) {
            return asides;
        }
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(layout.aside(), Files::isDirectory)) {
            stream.forEach(folders::add);
        }
        folders.sort(null);
        for (Path folder : folders) {
            asides.add(read(folder));
        }
        return asides;
    }

    void delete(String name) throws IOException {
        VolumeName.require("aside name", name);
        Durable.deleteTree(layout.aside().resolve(name));
        Files.deleteIfExists(about(name));
    }

    private Path about(String name) {
        return layout.aside().resolve(name + ABOUT);
    }

    private static long bytes(Path folder) throws IOException {
        return LiveTree.read(folder, PauseLimit.none()).files().values().stream()
                .mapToLong(LiveFile::size)
                .sum();
    }

    private static String encode(Aside aside) {
        return "bytes " + aside.bytes() + "\ndivergent-bytes " + aside.divergentBytes()
                + aside.since().map(since -> "\nsince-nanos " + since.toNanos()).orElse("") + "\n";
    }

    private Aside read(Path folder) throws IOException {
        String name = folder.getFileName().toString();
        try {
            List<String> lines = Files.readAllLines(about(name));
            return new Aside(
                    name,
                    number(lines, "bytes").orElseThrow(),
                    number(lines, "since-nanos").map(Duration::ofNanos),
                    number(lines, "divergent-bytes").orElseThrow());
        } catch (NoSuchFileException | RuntimeException unexplained) {
            long bytes = bytes(folder);
            return new Aside(name, bytes, Optional.empty(), bytes);
        }
    }

    private static Optional<Long> number(List<String> lines, String field) {
        return lines.stream()
                .filter(line -> line.startsWith(field + " "))
                .map(line -> Long.valueOf(line.substring(field.length() + 1)))
                .findFirst();
    }
}
