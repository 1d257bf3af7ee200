package dev.holdfast.guard.process;

import java.io.File;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The machine's processes at one moment. A process that forks while the table is read may be missing from it. */
public final class ProcessTable {

    private final Map<Integer, ProcessEntry> byPid;
    private final Map<Integer, List<ProcessEntry>> byParent;

    public ProcessTable(Collection<ProcessEntry> entries) {
        byPid = new HashMap<>();
        byParent = new HashMap<>();
        for (ProcessEntry entry : entries) {
            byPid.put(entry.pid(), entry);
            byParent.computeIfAbsent(entry.parent(), any -> new ArrayList<>()).add(entry);
        }
    }

    /** Reads /proc once. */
    public static ProcessTable read() {
        String[] names = new File("/proc").list();
        List<ProcessEntry> entries = new ArrayList<>();
        for (String name : names == null ? new String[0] : names) {
            ProcessEntry entry = isPid(name) ? ProcessEntry.read(Integer.parseInt(name)) : null;
            if (entry != null) {
                entries.add(entry);
            }
        }
        return new ProcessTable(entries);
    }

    public Collection<ProcessEntry> all() {
        return byPid.values();
    }

    public List<ProcessEntry> childrenOf(int pid) {
        return byParent.getOrDefault(pid, List.of());
    }

    /** Everything below {@code pid}, parents before their children, without {@code pid} itself. */
    public List<ProcessEntry> descendantsOf(int pid) {
        List<ProcessEntry> found = new ArrayList<>();
        Deque<Integer> open = new ArrayDeque<>();
        open.add(pid);
        while (!open.isEmpty()) {
            for (ProcessEntry child : childrenOf(open.remove())) {
                found.add(child);
                open.add(child.pid());
            }
        }
        return found;
    }

    private static boolean isPid(String name) {
        return name.charAt(0) >= '1' && name.charAt(0) <= '9';
    }
}
