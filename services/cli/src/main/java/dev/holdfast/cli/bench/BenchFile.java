package dev.holdfast.cli.bench;

import dev.holdfast.cli.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** The file of measurements: a line is added as soon as it is measured, so that nothing is lost by an interruption. */
final class BenchFile {

    private final Path path;
    private final List<Measured> lines = new ArrayList<>();

    private BenchFile(Path path) {
        this.path = path;
    }

    /**
     * What the file holds; a file that is not there holds nothing.
     *
     * @throws Failure naming the line that cannot be read
     */
    static BenchFile open(Path path) {
        BenchFile file = new BenchFile(path);
        if (Files.exists(path)) {
            file.read();
        }
        return file;
    }

    /** As {@link #open}, of a file that must be there. */
    static BenchFile existing(Path path) {
        if (!Files.isRegularFile(path)) {
            throw Failure.badInput(path + " does not exist");
        }
        return open(path);
    }

    private void read() {
        try {
            List<String> text = Files.readAllLines(path);
            for (int i = 0; i < text.size(); i++) {
                if (!text.get(i).isBlank()) {
                    add(i + 1, text.get(i));
                }
            }
        } catch (IOException unreadable) {
            throw Failure.badInput(path + " cannot be read: " + unreadable.getMessage());
        }
    }

    private void add(int number, String line) {
        try {
            lines.add(Measured.parse(line));
        } catch (IllegalArgumentException wrong) {
            throw Failure.badInput(path + " line " + number + ": " + wrong.getMessage());
        }
    }

    List<Measured> lines() {
        return List.copyOf(lines);
    }

    void append(String line) {
        lines.add(Measured.parse(line));
        try {
            Files.writeString(path, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException failed) {
            throw Failure.failed(path + " cannot be written: " + failed.getMessage(), failed);
        }
    }
}
