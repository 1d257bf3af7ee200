package dev.holdfast.cli.local;

import dev.holdfast.node.process.JavaProgram;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The Java and the class path that the cluster's processes are started with. */
final class JavaPrograms {

    private JavaPrograms() {}

    /** This process's own, with absolute entries: the others have another working folder. */
    static JavaProgram own() {
        JavaProgram own = JavaProgram.ofThisProcess();
        return new JavaProgram(own.java(), Arrays.stream(own.classPath().split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator)));
    }
}
