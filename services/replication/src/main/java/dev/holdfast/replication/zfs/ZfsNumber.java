package dev.holdfast.replication.zfs;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers as ZFS writes them for people ({@code 1.46M}, with 1024 for each letter) or for programs. */
final class ZfsNumber {

    private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?)([KMGTPEZ]?)B?");
    private static final String LETTERS = "KMGTPEZ";

    private ZfsNumber() {}

    /**
     * @return 0 for {@code -}, which stands for what is not known
     * @throws IllegalArgumentException if it is no number
     */
    static long parse(String text) {
        if (text.equals("-")) {
            return 0;
        }
        Matcher found = FORM.matcher(text);
        if (!found.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no number that ZFS writes");
        }
        int power = found.group(2).isEmpty() ? 0 : LETTERS.indexOf(found.group(2)) + 1;
        return new BigDecimal(found.group(1)).multiply(BigDecimal.valueOf(1024).pow(power)).longValue();
    }
}
