package dev.holdfast.simulator.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/protocol.md names tests, mutations and clauses of the models: each exists, and no mutation is left out. */
class ProtocolPageTest {

    private static final Pattern NAME = Pattern.compile("`([A-Za-z_-]+)`");

    private final Path root = root();

    @Test
    void everyTestThatThePageNamesExists() throws IOException {
        Set<String> named = named(name -> name.matches("[A-Z].*[a-z](Test|IT)"));

        assertThat(named).hasSizeGreaterThan(20).isSubsetOf(testSources().stream()
                .map(path -> path.getFileName().toString().replace(".java", ""))
                .collect(Collectors.toSet()));
    }

    @Test
    void everyMutationIsOnThePage() throws IOException {
        Set<String> ids = Arrays.stream(Mutation.values()).map(Mutation::id).collect(Collectors.toSet());

        assertThat(named(name -> true)).containsAll(ids);
    }

    @Test
    void everyMutationThatTheTableNamesExists() throws IOException {
        Set<String> ids = Arrays.stream(Mutation.values()).map(Mutation::id).collect(Collectors.toSet());
        Set<String> inTable = new TreeSet<>();
        for (String line : page().lines().filter(line -> line.startsWith("| R")).toList()) {
            inTable.addAll(namedIn(line, name -> name.matches("[a-z]+(-[a-z]+)+")));
        }

        assertThat(inTable).hasSizeGreaterThan(15).isSubsetOf(ids);
    }

    @Test
    void everyClauseOfAModelThatThePageNamesIsWeakenedThere() throws IOException {
        StringBuilder models = new StringBuilder();
        for (Path source : testSources()) {
            if (source.getFileName().toString().endsWith("ModelTest.java")) {
                models.append(Files.readString(source));
            }
        }

        assertThat(named(name -> name.matches("[A-Z]+(_[A-Z]+)+")))
                .hasSizeGreaterThan(20)
                .allMatch(name -> models.indexOf(name + "(") >= 0);
    }

    private Set<String> named(Predicate<String> which) throws IOException {
        return namedIn(page(), which);
    }

    private static Set<String> namedIn(String text, Predicate<String> which) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = NAME.matcher(text);
        while (matcher.find()) {
            if (which.test(matcher.group(1))) {
                names.add(matcher.group(1));
            }
        }
        return names;
    }

    private String page() throws IOException {
        return Files.readString(root.resolve("docs/protocol.md"));
    }

    private Set<Path> testSources() throws IOException {
        Set<Path> sources = new TreeSet<>();
        for (String folder : new String[] {"services", "e2e-tests"}) {
            try (Stream<Path> files = Files.find(root.resolve(folder), 20, (path, attributes) ->
                    path.toString().contains("/src/test/java/") && path.toString().endsWith(".java"))) {
                files.forEach(sources::add);
            }
        }
        return sources;
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/protocol.md"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
