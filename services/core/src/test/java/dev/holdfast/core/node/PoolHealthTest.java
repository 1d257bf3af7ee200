package dev.holdfast.core.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolHealthTest {

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            # state,     used %, errors, before,     standing
            ONLINE,      0,      0,      -,          FIT
            ONLINE,      79,     0,      -,          FIT
            ONLINE,      80,     0,      -,          WARNS
            ONLINE,      94,     0,      -,          WARNS
            ONLINE,      95,     0,      -,          FULL
            ONLINE,      100,    0,      FIT,        FULL
            ONLINE,      12,     1,      FIT,        WARNS
            DEGRADED,    12,     0,      FIT,        WARNS
            DEGRADED,    96,     0,      WARNS,      FULL
            # full until it is below 90 %
            ONLINE,      94,     0,      FULL,       FULL
            ONLINE,      90,     0,      FULL,       FULL
            ONLINE,      89,     0,      FULL,       WARNS
            ONLINE,      12,     0,      FULL,       FIT
            # warns until it is below 78 %
            ONLINE,      79,     0,      WARNS,      WARNS
            ONLINE,      78,     0,      WARNS,      WARNS
            ONLINE,      77,     0,      WARNS,      FIT
            ONLINE,      79,     0,      UNREADABLE, FIT
            # whatever its use
            UNREADABLE,  0,      0,      FIT,        UNREADABLE
            UNREADABLE,  0,      0,      FULL,       UNREADABLE
            FAULTED,     12,     0,      FIT,        FAULTED
            FAULTED,     99,     9,      FULL,       FAULTED
            """)
    void whatAPoolMeansForGuests(PoolState state, int used, int errors, PoolStanding before, PoolStanding standing) {
        assertThat(pool(state, used, errors, "").standing(before)).isEqualTo(standing);
    }

    @Test
    void aPoolOfUnknownSizeIsNeverFull() {
        assertThat(new PoolHealth("tank", PoolState.ONLINE, 0, 0, 0, null, "").standing(PoolStanding.FULL))
                .isEqualTo(PoolStanding.FIT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", emptyValue = "", textBlock = """
            ONLINE | 12 | 0 | '' | FIT | pool tank is well: 12 % used
            ONLINE | 82 | 0 | '' | WARNS | pool tank needs a look: 82 % used
            DEGRADED | 12 | 3 | disk2 gone | WARNS | pool tank needs a look: degraded, disk2 gone, 3 errors, 12 % used
            ONLINE | 96 | 0 | '' | FULL | pool tank is full: 96 % used
            DEGRADED | 96 | 1 | disk2 gone | FULL | pool tank is full: 96 % used, degraded, disk2 gone, 1 error
            UNREADABLE | 0 | 0 | no answer | UNREADABLE | pool tank cannot be read: no answer
            FAULTED | 50 | 7 | two disks gone | FAULTED | pool tank is faulted: two disks gone, 7 errors
            FAULTED | 50 | 0 | '' | FAULTED | pool tank is faulted
            """)
    void aPersonIsToldWhatIsWrongWithIt(
            PoolState state, int used, int errors, String detail, PoolStanding standing, String says) {
        assertThat(pool(state, used, errors, detail).says(standing)).isEqualTo(says);
    }

    @Test
    void moreUsedThanThereIsIsRefused() {
        assertThatThrownBy(() -> new PoolHealth("tank", PoolState.ONLINE, 10, 11, 0, null, ""))
                .hasMessageContaining("a pool of 10 bytes, 11 used");
    }

    private static PoolHealth pool(PoolState state, int used, int errors, String detail) {
        return new PoolHealth("tank", state, 1_000, 10L * used, errors, null, detail);
    }
}
