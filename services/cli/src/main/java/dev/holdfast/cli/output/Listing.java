package dev.holdfast.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * How items of one kind are shown, in every {@link OutputFormat}: columns for people, fields for programs.
 *
 * @param <T> kind of item
 */
public final class Listing<T> {

    private static final String GAP = "  ";
    private static final String NOTHING = "-";

    private final Function<T, Fields> fields;
    private final List<Column<T>> columns = new ArrayList<>();

    private record Column<T>(String header, Function<T, String> text) {}

    /**
     * @param fields what a program is told of an item
     */
    public Listing(Function<T, Fields> fields) {
        this.fields = fields;
    }

    /** Adds a column; null and empty text are shown as a dash. */
    public Listing<T> column(String header, Function<T, String> text) {
        columns.add(new Column<>(header, text));
        return this;
    }

    /** The lines to print: none for no items in JSON, a header alone otherwise. */
    public List<String> lines(OutputFormat format, List<T> items) {
        return switch (format) {
            case JSON -> items.stream().map(item -> Json.line(fields.apply(item).map())).toList();
            case TSV -> rows(items).stream().map(row -> String.join("\t", row)).toList();
            case TEXT -> aligned(rows(items));
        };
    }

    private List<List<String>> rows(List<T> items) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(columns.stream().map(Column::header).toList());
        for (T item : items) {
            rows.add(columns.stream().map(column -> cell(column.text().apply(item))).toList());
        }
        return rows;
    }

    /** Control characters in a name or reason must neither break a line nor reach the terminal. */
    private static String cell(String text) {
        return text == null || text.isEmpty() ? NOTHING : text.replaceAll("\\p{Cntrl}+", " ");
    }

    private static List<String> aligned(List<List<String>> rows) {
        int[] widths = new int[rows.getFirst().size()];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        return rows.stream().map(row -> aligned(row, widths)).toList();
    }

    private static String aligned(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(row.get(i)).repeat(' ', widths[i] - row.get(i).length()).append(GAP);
        }
        return line.toString().stripTrailing();
    }
}
