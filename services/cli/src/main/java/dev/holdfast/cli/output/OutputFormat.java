package dev.holdfast.cli.output;

/** How results are written to standard output. Progress and errors always go to standard error, as text. */
public enum OutputFormat {
    /** For people: aligned columns. */
    TEXT,
    /** For cut and awk: the same columns, separated by one tab each, with a header line. */
    TSV,
    /** For programs: one JSON object per line and item, with stable field names. */
    JSON
}
