package dev.holdfast.guard.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.guard.process.ProcessEntry;
import dev.holdfast.guard.process.ProcessIdentity;
import dev.holdfast.guard.process.ProcessTable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Pids lie above the kernel's limit, so no real process lends its environment. */
class MembershipTest {

    private static final int GUARD = 5_000_000;
    private static final int DB = 5_000_010;
    private static final int WEB = 5_000_020;
    private static final int ORPHAN = 5_000_030;
    private static final int CHILD = 5_000_040;

    private final Membership membership = new Membership(GUARD, "machine");
    private final Map<ProcessIdentity, String> mains =
            Map.of(identity(DB), "db", identity(WEB), "web");

    @Test
    void whatDescendsFromAMainProcessIsTheGuests() {
        Membership.Scan scan = scan(entry(DB, GUARD, DB), entry(CHILD, DB, CHILD), entry(WEB, GUARD, WEB));

        assertThat(pids(scan, "db")).containsExactly(DB, CHILD);
        assertThat(pids(scan, "web")).containsExactly(WEB);
    }

    @Test
    void anOrphanOfTheGuestsSessionIsTheGuests() {
        Membership.Scan scan = scan(entry(WEB, GUARD, WEB), entry(ORPHAN, GUARD, DB), entry(CHILD, ORPHAN, DB));

        assertThat(pids(scan, "db")).containsExactly(ORPHAN, CHILD);
    }

    @Test
    void anOrphanThatWasSeenInTheGuestBeforeIsTheGuests() {
        scan(entry(DB, GUARD, DB), entry(ORPHAN, DB, ORPHAN));

        Membership.Scan scan = scan(entry(DB, GUARD, DB), entry(WEB, GUARD, WEB), entry(ORPHAN, GUARD, ORPHAN));

        assertThat(pids(scan, "db")).containsExactly(DB, ORPHAN);
        assertThat(pids(scan, "web")).containsExactly(WEB);
    }

    @Test
    void anOrphanWithoutAnyTraceMayBeAnybodys() {
        Membership.Scan scan = scan(entry(DB, GUARD, DB), entry(WEB, GUARD, WEB), entry(ORPHAN, GUARD, ORPHAN));

        assertThat(pids(scan, "db")).containsExactly(DB, ORPHAN);
        assertThat(pids(scan, "web")).containsExactly(WEB, ORPHAN);
    }

    private Membership.Scan scan(ProcessEntry... entries) {
        return membership.sort(new ProcessTable(List.of(entries)), mains);
    }

    private static List<Integer> pids(Membership.Scan scan, String guest) {
        return scan.possibleMembersOf(guest).stream().map(ProcessEntry::pid).toList();
    }

    private static ProcessEntry entry(int pid, int parent, int session) {
        return new ProcessEntry(pid, parent, session, 'S', 1, pid);
    }

    private static ProcessIdentity identity(int pid) {
        return new ProcessIdentity(pid, pid);
    }
}
