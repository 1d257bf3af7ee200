package dev.holdfast.cli.local;

import dev.holdfast.cli.local.NodeProcess.Role;
import dev.holdfast.guard.process.Markers;
import dev.holdfast.guard.process.ProcessEntry;
import dev.holdfast.guard.process.ProcessIdentity;
import dev.holdfast.guard.process.ProcessTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Finds every live process of one node: those its run folder names, all their descendants, and every process that
 * carries the machine's id in its environment, whoever its parent is by now.
 */
final class Census {

    private final String node;
    private final Path runFolder;
    private final String machineId;

    /**
     * @param machineId id of the node's virtual machine, which tells its guests from those of other clusters
     */
    Census(String node, Path runFolder, String machineId) {
        this.node = node;
        this.runFolder = runFolder;
        this.machineId = machineId;
    }

    /** The processes alive at this moment, supervisor first. A process that is just being forked may be missing. */
    List<NodeProcess> take() {
        return take(ProcessTable.read());
    }

    /** As {@link #take()}, from a table that was read for several nodes. */
    List<NodeProcess> take(ProcessTable table) {
        Map<ProcessIdentity, NodeProcess> found = new LinkedHashMap<>();
        for (Role role : List.of(Role.SUPERVISOR, Role.GUARD, Role.NODE)) {
            pidFile(role).ifPresent(identity -> found.put(identity, new NodeProcess(node, identity, role, null)));
        }
        List<ProcessIdentity> roots = new ArrayList<>(found.keySet());
        table.all().stream().filter(this::carriesMark).map(ProcessEntry::identity).forEach(roots::add);
        for (ProcessIdentity root : roots) {
            add(found, root);
            table.descendantsOf(root.pid()).stream()
                    .filter(ProcessEntry::isAlive)
                    .forEach(entry -> add(found, entry.identity()));
        }
        return found.values().stream().sorted(Comparator.comparing(NodeProcess::role)).toList();
    }

    private Optional<ProcessIdentity> pidFile(Role role) {
        return ProcessFiles.alive(runFolder.resolve(role.name().toLowerCase(Locale.ROOT) + ".pid"));
    }

    /** Never this process itself: it may have been started from inside a guest. */
    private boolean carriesMark(ProcessEntry entry) {
        return entry.isAlive()
                && entry.pid() != ProcessHandle.current().pid()
                && Markers.valueOf(entry.pid(), Markers.MACHINE).filter(machineId::equals).isPresent();
    }

    private void add(Map<ProcessIdentity, NodeProcess> found, ProcessIdentity identity) {
        found.computeIfAbsent(identity, process -> {
            String guest = Markers.valueOf(process.pid(), Markers.GUEST).orElse(null);
            return new NodeProcess(node, process, guest == null ? Role.OTHER : Role.GUEST, guest);
        });
    }
}
