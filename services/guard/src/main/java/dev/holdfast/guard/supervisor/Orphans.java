package dev.holdfast.guard.supervisor;

import dev.holdfast.guard.process.Markers;
import dev.holdfast.guard.process.ProcessEntry;
import dev.holdfast.guard.process.ProcessIdentity;
import dev.holdfast.guard.process.ProcessTable;
import java.util.HashSet;
import java.util.Set;

/**
 * What a process of the node left behind when it ended: everything below the supervisor that belongs to nobody any
 * more. Killed look by look until two looks in a row find nothing.
 */
final class Orphans {

    private static final int PROOF_LOOKS = 2;

    private final int supervisorPid = (int) ProcessHandle.current().pid();
    private final String machine;
    private int cleanLooks;
    private int killed;

    Orphans(String machine) {
        this.machine = machine;
    }

    boolean areGone() {
        return cleanLooks >= PROOF_LOOKS;
    }

    int killed() {
        return killed;
    }

    /** Kills what the death of the guard leaves: all but {@code node}; even the node's helpers, for it has lapsed. */
    void killAllBut(ProcessIdentity node) {
        kill(ProcessTable.read(), node == null ? Set.of() : Set.of(node.pid()), true);
    }

    /** Kills what the death of the node's process leaves: all but the guard and what the guard answers for. */
    void killAllButThoseOf(ProcessIdentity guard) {
        ProcessTable table = ProcessTable.read();
        Set<Integer> spared = new HashSet<>();
        if (guard != null) {
            spared.add(guard.pid());
            table.descendantsOf(guard.pid()).forEach(entry -> spared.add(entry.pid()));
        }
        kill(table, spared, false);
    }

    private void kill(ProcessTable table, Set<Integer> spared, boolean strays) {
        boolean found = false;
        for (ProcessEntry entry : table.descendantsOf(supervisorPid)) {
            found |= !spared.contains(entry.pid()) && kill(entry);
        }
        if (strays) {
            for (ProcessEntry entry : table.all()) {
                found |= isStray(entry, spared) && kill(entry);
            }
        }
        cleanLooks = found ? 0 : cleanLooks + 1;
    }

    /** A guest of this machine that an earlier supervisor could not kill because it was killed itself. */
    private boolean isStray(ProcessEntry entry, Set<Integer> spared) {
        return entry.isAlive()
                && entry.pid() != supervisorPid
                && !spared.contains(entry.pid())
                && Markers.guestOn(machine, entry.pid()).isPresent();
    }

    private boolean kill(ProcessEntry entry) {
        if (!entry.isAlive()) {
            return false;
        }
        killed += entry.identity().kill() ? 1 : 0;
        return true;
    }
}
