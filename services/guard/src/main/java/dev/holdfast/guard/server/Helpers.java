package dev.holdfast.guard.server;

import dev.holdfast.guard.process.ProcessIdentity;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Processes of the services that must die together with the guests, such as one that receives a replica. */
final class Helpers {

    static final int LIMIT = 64;

    private final Set<ProcessIdentity> processes = new LinkedHashSet<>();

    /** Whether there was room for it. */
    boolean add(ProcessIdentity process) {
        processes.removeIf(known -> !known.isAlive());
        return processes.contains(process) || processes.size() < LIMIT && processes.add(process);
    }

    void remove(ProcessIdentity process) {
        processes.remove(process);
    }

    void clear() {
        processes.clear();
    }

    List<ProcessIdentity> all() {
        return List.copyOf(processes);
    }
}
