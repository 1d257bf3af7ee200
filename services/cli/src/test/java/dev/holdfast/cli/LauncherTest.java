package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a tree of its own, with JDKs and a Maven that only say what they are asked. */
class LauncherTest {

    @TempDir
    private Path root;

    private Path home;
    private Path bin;
    private final Map<String, String> environment = new HashMap<>();

    private record Run(int code, String out) {}

    @BeforeEach
    void aFreshCloneAndNoJava() throws IOException {
        home = Files.createDirectories(root.resolve("with a blank/holdfast-clone"));
        Files.copy(Path.of("../../holdfast"), home.resolve("holdfast"));
        Files.createDirectories(home.resolve("services/core/src"));
        Files.createDirectories(home.resolve("schemas"));
        Files.createDirectories(home.resolve("infra"));
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        bin = Files.createDirectories(root.resolve("bin"));
        for (String tool : List.of("sh", "sed", "head", "find", "dirname", "readlink", "mkdir", "rm", "mv", "flock", "true")) {
            Path found = Path.of("/usr/bin", tool);
            Files.createSymbolicLink(bin.resolve(tool), Files.exists(found) ? found : Path.of("/bin", tool));
        }
        environment.put("PATH", bin.toString());
        environment.put("HOME", root.toString());
        environment.put("HOLDFAST_JDK_FOLDERS", root.resolve("jvm").toString());
        maven("3.9.9", 0);
    }

    @Test
    void anOldJavaOnThePathAndInJavaHomeDoesNotFoolIt() throws Exception {
        environment.put("JAVA_HOME", jdk("old/jdk-17", "17.0.15").toString());
        Files.createSymbolicLink(bin.resolve("java"), jdk("old/jdk-21", "21.0.1").resolve("bin/java"));
        jdk("jvm/temurin-25", "25.0.3");

        assertThat(launch("status").out()).contains("25.0.3 runs").contains("dev.holdfast.cli.Main status");
    }

    @Test
    void whatJavaHomeNamesGoesFirstIfItIsNewEnough() throws Exception {
        jdk("jvm/temurin-25", "25.0.3");
        environment.put("JAVA_HOME", jdk("mine/jdk-26", "26").toString());

        assertThat(launch("status").out()).contains("26 runs");
    }

    @Test
    void ofTheInstalledOnesTheOldestSufficientIsTaken() throws Exception {
        jdk("jvm/a-jdk-27", "27-ea");
        jdk("jvm/b-jdk-8", "1.8.0_402");
        jdk("jvm/c-jdk-25", "25.0.1");

        assertThat(launch("status").out()).contains("25.0.1 runs");
    }

    @Test
    void aRuntimeWithoutCompilerIsNoJdk() throws Exception {
        Files.delete(jdk("jvm/jre-25", "25.0.1").resolve("bin/javac"));

        assertThat(launch("status").code()).isEqualTo(2);
    }

    @Test
    void withoutAJdkOneSentenceSaysWhatToInstall() throws Exception {
        Run run = launch("status");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out().lines()).singleElement().asString().contains("needs JDK 25 or newer").contains("JAVA_HOME");
    }

    @Test
    void withoutMavenOneSentenceSaysWhatToInstall() throws Exception {
        jdk("jvm/jdk-25", "25");
        Files.delete(bin.resolve("mvn"));

        Run run = launch("status");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out().lines()).singleElement().asString().contains("needs Apache Maven 3.8 or newer");
    }

    @Test
    void anOldMavenIsNamed() throws Exception {
        jdk("jvm/jdk-25", "25");
        maven("3.6.3", 0);

        assertThat(launch("status").out()).contains("Maven 3.8 or newer").contains("found 3.6");
    }

    @Test
    void itBuildsOnceAndAgainWhenASourceIsNewer() throws Exception {
        jdk("jvm/jdk-25", "25");

        assertThat(launch("status").out()).contains("building");
        assertThat(launch("status").out()).doesNotContain("building");
        Path source = Files.writeString(home.resolve("services/core/src/New.java"), "class New {}");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(launch("status").out()).contains("building");
        environment.put("HOLDFAST_NO_BUILD", "1");
        assertThat(launch("status").out()).doesNotContain("building");
    }

    @Test
    void aFailedBuildIsNotRunAndTriedAgain() throws Exception {
        jdk("jvm/jdk-25", "25");
        maven("3.9.9", 1);

        Run run = launch("status");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("the build failed").doesNotContain("runs");
        maven("3.9.9", 0);
        assertThat(launch("status").out()).contains("building").contains("25 runs");
    }

    @Test
    void itWorksFromAnyFolderThroughLinksAndPassesWordsAndExitCodeThrough() throws Exception {
        jdk("jvm/jdk-25", "25");
        environment.put("FAKE_EXIT", "3");
        Path link = Files.createSymbolicLink(root.resolve("hf"), home.resolve("holdfast"));
        Path linkToLink = Files.createSymbolicLink(root.resolve("hf2"), Path.of("hf"));

        Run run = launch(linkToLink, "guest", "stop", "two words");

        assertThat(link).exists();
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.out()).contains("[two words]").contains(home.resolve("services/cli/target/lib") + "/*");
    }

    private Path jdk(String name, String version) throws IOException {
        Path folder = Files.createDirectories(root.resolve(name));
        Files.writeString(folder.resolve("release"), "IMPLEMENTOR=\"Us\"\nJAVA_VERSION=\"" + version + "\"\n");
        script(folder.resolve("bin/java"),
                "echo \"" + version + " runs\" \"$@\"; for last; do :; done; echo \"[$last]\"; exit ${FAKE_EXIT:-0}");
        script(folder.resolve("bin/javac"), "exit 0");
        return folder;
    }

    private void maven(String version, int exit) throws IOException {
        script(bin.resolve("mvn"), "[ \"$1\" = -v ] && echo 'Apache Maven " + version + " (abc)' && exit 0; exit " + exit);
    }

    private static void script(Path file, String body) throws IOException {
        Files.createDirectories(file.getParent());
        Files.deleteIfExists(file);
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Run launch(String... arguments) throws Exception {
        return launch(home.resolve("holdfast"), arguments);
    }

    private Run launch(Path launcher, String... arguments) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(launcher.toString());
        builder.command().addAll(List.of(arguments));
        builder.directory(root.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes());
        return new Run(process.waitFor(), out);
    }
}
