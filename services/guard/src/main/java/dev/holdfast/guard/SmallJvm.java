package dev.holdfast.guard;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How the guard and the supervisor are started so that each stays small: about 35 MB of proportional memory. No class
 * archive is written at their end (-XX:+AutoCreateSharedArchive): it would delay the death of a guard that fails, and
 * with it the death of its guests.
 */
public final class SmallJvm {

    private static final List<String> FLAGS = List.of(
            "-Xms4m",
            "-Xmx24m",
            "-Xss256k",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:ReservedCodeCacheSize=8m",
            "-XX:MaxMetaspaceSize=32m",
            "-XX:CICompilerCount=1",
            "-XX:-UsePerfData",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED");

    private SmallJvm() {}

    /**
     * A command line.
     *
     * @param javaHome of a JDK or runtime 25
     * @param classPath with this module and core on it
     * @param main the class to run
     * @param args the program's arguments
     */
    public static List<String> command(Path javaHome, String classPath, Class<?> main, List<String> args) {
        List<String> command = new ArrayList<>();
        command.add(javaHome.resolve("bin/java").toString());
        command.addAll(FLAGS);
        command.addAll(List.of("-cp", classPath, main.getName()));
        command.addAll(args);
        return command;
    }
}
