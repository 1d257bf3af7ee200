package dev.holdfast.replication.zfs;

import java.util.regex.Pattern;

/** The name of a dataset, safe as an argument: it cannot be taken for an option, a snapshot or a path. */
record DatasetName(String text) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*");

    /** What ZFS allows, with room for the name of a snapshot. */
    private static final int MAX = 200;

    DatasetName {
        if (!FORM.matcher(text).matches() || text.length() > MAX) {
            throw new IllegalArgumentException("dataset '" + text + "': names of letters, digits, dots, underscores and"
                    + " hyphens with slashes between them, at most " + MAX + " characters");
        }
    }

    DatasetName child(String name) {
        return new DatasetName(text + "/" + name);
    }

    @Override
    public String toString() {
        return text;
    }
}
