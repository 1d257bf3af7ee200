package dev.holdfast.recovery.spec;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that somebody probably meant. */
final class NearestName {

    private NearestName() {
    }

    /** The known name closest to the given one, or empty if none is close enough to be a slip of the finger. */
    static Optional<String> of(String given, Collection<String> known) {
        int most = Math.max(2, given.length() / 3);
        return known.stream()
                .filter(name -> distance(given, name) <= most)
                .min(Comparator.comparingInt(name -> distance(given, name)));
    }

    /** Insertions, removals and exchanges of one character; case and separators are not counted. */
    private static int distance(String one, String other) {
        String a = plain(one);
        String b = plain(other);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int exchanged = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(exchanged, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }

    private static String plain(String name) {
        String bounded = name.length() > 100 ? name.substring(0, 100) : name;
        return bounded.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
    }
}
