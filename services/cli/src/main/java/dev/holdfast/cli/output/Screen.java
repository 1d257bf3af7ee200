package dev.holdfast.cli.output;

import java.io.PrintWriter;
import java.util.List;

/**
 * Where a command writes.
 *
 * @param out results
 * @param err progress, warnings and errors
 */
public record Screen(PrintWriter out, PrintWriter err, OutputFormat format) {

    public boolean isJson() {
        return format == OutputFormat.JSON;
    }

    /** Prints items in the chosen format. */
    public <T> void list(Listing<T> listing, List<T> items) {
        listing.lines(format, items).forEach(out::println);
        out.flush();
    }

    /** Prints one result: a sentence for people, fields for programs. */
    public void result(String sentence, Fields fields) {
        out.println(isJson() ? Json.line(fields.map()) : sentence);
        out.flush();
    }

    /** Prints a line of text to the results as it is. */
    public void line(String text) {
        out.println(text);
        out.flush();
    }

    /** Tells the person who waits what is happening. */
    public void progress(String text) {
        err.println(text);
        err.flush();
    }
}
