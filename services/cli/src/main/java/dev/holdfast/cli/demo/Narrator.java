package dev.holdfast.cli.demo;

import dev.holdfast.cli.output.OutputFormat;
import dev.holdfast.cli.output.Screen;
import java.io.PrintWriter;

/**
 * Tells a person what happens. With text as output it is the output; otherwise standard output belongs to programs and
 * the story goes to standard error. Used by several threads.
 */
public final class Narrator {

    private final PrintWriter to;

    public Narrator(Screen screen) {
        this.to = screen.format() == OutputFormat.TEXT ? screen.out() : screen.err();
    }

    public synchronized void say(String line) {
        // What nodes and guests say must not reach the terminal as anything but text.
        to.println(line.replaceAll("\\p{Cntrl}+", " "));
        to.flush();
    }

    /** With the time since the pull. */
    public void at(long millis, String who, String text) {
        say("%+9.3f s  %-8s  %s".formatted(millis / 1000.0, who, text));
    }
}
