package dev.holdfast.node.process;

import java.nio.file.Path;

/**
 * What every process of ours is started with.
 *
 * @param java      the java executable
 * @param classPath as {@code -cp} takes it
 */
public record JavaProgram(Path java, String classPath) {
    /** The Java and the class path of this process. */
    public static JavaProgram ofThisProcess() {
        return new JavaProgram(Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"));
    }
}
