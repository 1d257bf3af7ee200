package dev.holdfast.guard.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessTableTest {

    @Test
    void aCommandNameWithBlanksAndParenthesesDoesNotShiftTheFields() {
        ProcessEntry entry = ProcessEntry.parse(
                77, "77 (a) b (c) S 5 6 7 0 -1 4194304 101 0 0 0 0 0 0 0 20 0 1 0 119616 3133440 383 18446744073709551615");

        assertThat(entry).isEqualTo(new ProcessEntry(77, 5, 7, 'S', 1, 119_616));
    }

    @Test
    void aProcessWhoseFirstThreadEndedIsAliveWhileOthersGoOn() {
        assertThat(new ProcessEntry(7, 1, 1, 'Z', 2, 1).isAlive()).isTrue();
        assertThat(new ProcessEntry(7, 1, 1, 'Z', 1, 1).isAlive()).isFalse();
    }

    @Test
    void descendantsComeWithParentsFirstAndWithoutStrangers() {
        ProcessTable table = new ProcessTable(List.of(entry(2, 1), entry(3, 2), entry(4, 3), entry(5, 2), entry(6, 1)));

        assertThat(table.descendantsOf(2)).extracting(ProcessEntry::pid).containsExactly(3, 5, 4);
    }

    @Test
    void theTableHoldsThisProcessUnderItsIdentity() {
        ProcessIdentity self = ProcessIdentity.self();

        assertThat(ProcessTable.read().all()).extracting(ProcessEntry::identity).contains(self);
        assertThat(self.isAlive()).isTrue();
        assertThat(ProcessIdentity.parse(self.toString())).isEqualTo(self);
    }

    @Test
    void anotherProcessOfTheSamePidIsNeitherAliveNorSignalled() {
        ProcessIdentity self = ProcessIdentity.self();
        ProcessIdentity earlier = new ProcessIdentity(self.pid(), self.startTicks() - 1);

        assertThat(earlier.isAlive()).isFalse();
        assertThat(earlier.kill()).isFalse();
    }

    @Test
    void anIdentityThatIsNoneIsRefused() {
        for (String text : List.of("", "1", "1 2 3", "a b")) {
            assertThatThrownBy(() -> ProcessIdentity.parse(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'" + text + "'");
        }
    }

    private static ProcessEntry entry(int pid, int parent) {
        return new ProcessEntry(pid, parent, 1, 'S', 1, pid);
    }
}
