package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The database on real ZFS pools: its node loses power and comes back. The demo itself fails if a row that was lost is
 * not in what the returned node kept; here it must have kept something, and have come back by an increment.
 */
class ZfsPullIT {

    @BeforeAll
    static void needsZfs() {
        NeedsZfs.orSkip();
    }

    @Test
    void theLostRowsAreInTheBranchOfTheNodeThatComesBackAndCopiesGoTheOtherWay() throws Exception {
        String line = DemoRun.passing("zfs", "--storage", "zfs", "--interval", "2s", "--pull", "owner", "--how", "silence");

        assertThat(line).contains("\"storage\":\"zfs\"");
        assertThat(number("rowsLost", line)).isPositive();
        assertThat(number("lostRowsKept", line)).isEqualTo(number("rowsLost", line));
        assertThat(number("divergentBytes", line)).isPositive();
        assertThat(line).contains("\"returnedBy\":\"increment\"");
    }

    private static long number(String field, String line) {
        Matcher found = Pattern.compile("\"" + field + "\":(\\d+)").matcher(line);
        assertThat(found.find()).as(field + " in " + line).isTrue();
        return Long.parseLong(found.group(1));
    }
}
