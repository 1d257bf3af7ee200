package dev.holdfast.cli.scenario;

import dev.holdfast.cli.Failure;
import dev.holdfast.simulator.scenario.InvalidScenario;
import dev.holdfast.simulator.scenario.Performance;
import dev.holdfast.simulator.scenario.Scenario;
import dev.holdfast.simulator.scenario.ScenarioReader;
import dev.holdfast.simulator.scenario.ScenarioWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A scenario's file. */
record ScenarioFile(Path path, List<String> lines) {

    private static final String ENDING = ".txt";

    /** Where Holdfast's own scenarios are. */
    static Path folder() {
        String home = System.getProperty("holdfast.home");
        return home == null ? Path.of("scenarios") : Path.of(home, "scenarios");
    }

    /**
     * The files that are named: a file, all of a folder, or the name of one of Holdfast's own.
     *
     * @throws Failure if there is none
     */
    static List<ScenarioFile> named(List<String> names) {
        List<ScenarioFile> files = new ArrayList<>();
        for (String name : names) {
            Path given = Path.of(name);
            Path own = folder().resolve(name + ENDING);
            if (Files.isDirectory(given)) {
                files.addAll(in(given));
            } else if (Files.isRegularFile(given)) {
                files.add(read(given));
            } else if (Files.isRegularFile(own)) {
                files.add(read(own));
            } else {
                throw Failure.badInput("scenario is '" + name
                        + "'; it must be a file, a folder, or a name that './holdfast scenario list' shows");
            }
        }
        return files;
    }

    /** @throws Failure if there is none in it */
    static List<ScenarioFile> in(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            List<ScenarioFile> found = all.filter(path -> path.toString().endsWith(ENDING))
                    .sorted()
                    .map(ScenarioFile::read)
                    .toList();
            if (found.isEmpty()) {
                throw Failure.badInput("folder is '" + folder + "'; it must hold scenarios, files that end in " + ENDING);
            }
            return found;
        } catch (IOException unreadable) {
            throw Failure.badInput("folder " + folder + " cannot be read: " + unreadable);
        }
    }

    private static ScenarioFile read(Path path) {
        try {
            return new ScenarioFile(path, Files.readAllLines(path));
        } catch (IOException unreadable) {
            throw Failure.badInput(path + " cannot be read as text: " + unreadable);
        }
    }

    /** @throws Failure with every mistake in it */
    Scenario scenario() {
        try {
            return ScenarioReader.read(path.toString(), lines);
        } catch (InvalidScenario wrong) {
            throw Failure.badInput(wrong.getMessage());
        }
    }

    /** Writes what happened in place of what was expected. */
    void update(Performance performance) {
        try {
            Files.write(path, ScenarioWriter.rewritten(lines, performance));
        } catch (IOException failed) {
            throw Failure.failed(path + " cannot be written: " + failed);
        }
    }
}
