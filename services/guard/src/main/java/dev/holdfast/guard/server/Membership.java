package dev.holdfast.guard.server;

import dev.holdfast.guard.process.Markers;
import dev.holdfast.guard.process.ProcessEntry;
import dev.holdfast.guard.process.ProcessIdentity;
import dev.holdfast.guard.process.ProcessTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which process belongs to which guest. Every process below the guard is some guest's. A child of the guard that is
 * no guest's main process is an orphan that the guard adopted; whose it is, is told by an earlier look at it, by its
 * session, by its environment. One that has shed all of these may be anybody's, so it counts as a possible member of
 * every guest: no guest is called dead while such a process lives.
 */
final class Membership {

    private final int guardPid;
    private final String machine;
    private Map<ProcessIdentity, String> known = Map.of();

    Membership(int guardPid, String machine) {
        this.guardPid = guardPid;
        this.machine = machine;
    }

    /**
     * Sorts the processes below the guard.
     *
     * @param mains each guest's main process, alive or not, and the guest
     */
    Scan sort(ProcessTable table, Map<ProcessIdentity, String> mains) {
        Map<String, List<ProcessEntry>> owned = new HashMap<>();
        List<ProcessEntry> unattributed = new ArrayList<>();
        Map<ProcessIdentity, String> owners = new HashMap<>();
        for (ProcessEntry child : table.childrenOf(guardPid)) {
            String owner = ownerOf(child, mains);
            List<ProcessEntry> members =
                    owner == null ? unattributed : owned.computeIfAbsent(owner, any -> new ArrayList<>());
            members.add(child);
            members.addAll(table.descendantsOf(child.pid()));
        }
        owned.forEach((owner, members) -> members.forEach(entry -> owners.put(entry.identity(), owner)));
        known = owners;
        return new Scan(owned, unattributed);
    }

    private String ownerOf(ProcessEntry child, Map<ProcessIdentity, String> mains) {
        String owner = mains.getOrDefault(child.identity(), known.get(child.identity()));
        if (owner == null) {
            owner = leaderOf(child.session(), mains);
        }
        return owner != null ? owner : Markers.guestOn(machine, child.pid()).orElse(null);
    }

    /** A session keeps the pid of its leader, and nobody else is given it, as long as the session has a member. */
    private static String leaderOf(int session, Map<ProcessIdentity, String> mains) {
        for (Map.Entry<ProcessIdentity, String> main : mains.entrySet()) {
            if (main.getKey().pid() == session) {
                return main.getValue();
            }
        }
        return null;
    }

    /**
     * Processes by guest at one moment.
     *
     * @param owned members, parents before children
     * @param unattributed may be anybody's
     */
    record Scan(Map<String, List<ProcessEntry>> owned, List<ProcessEntry> unattributed) {

        /** Processes that are the guest's or may be, without those that have ended. */
        List<ProcessEntry> possibleMembersOf(String guest) {
            List<ProcessEntry> members = new ArrayList<>(owned.getOrDefault(guest, List.of()));
            members.addAll(unattributed);
            members.removeIf(entry -> !entry.isAlive());
            return members;
        }
    }
}
