package dev.holdfast.cli.command;

import dev.holdfast.cli.Failure;
import java.util.List;

/** The option --heap as options of a JVM. */
final class Heap {

    private Heap() {}

    /**
     * None if it was not given.
     *
     * @throws Failure if it is no size
     */
    static List<String> options(String heap) {
        if (heap == null) {
            return List.of();
        }
        if (!heap.matches("[1-9]\\d{0,4}[mMgG]")) {
            throw Failure.badInput("--heap '" + heap + "': must be a whole number and m or g, for example 512m");
        }
        return List.of("-Xmx" + heap);
    }
}
