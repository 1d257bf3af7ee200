package dev.holdfast.guard.server;

import dev.holdfast.guard.process.ChildWatch;
import dev.holdfast.guard.process.Markers;
import dev.holdfast.guard.process.NativeCalls;
import dev.holdfast.guard.process.ProcessEntry;
import dev.holdfast.guard.process.ProcessIdentity;
import dev.holdfast.guard.process.ProcessTable;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Kills everything that could be a guest's, again and again until it is proven dead: all processes below the guard,
 * whatever carries this machine's marker, and the processes that are known by name, these first. The proof is that the guard, which is the
 * parent of every orphan below it, has no child left.
 */
final class Sweep {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(2);
    private static final int LONGEST_PAUSE_FACTOR = 50;

    private final ProcessIdentity guard;
    private final String machine;
    private final Collection<ProcessIdentity> named;
    private final Set<ProcessIdentity> killed = new LinkedHashSet<>();
    private int looks;
    private Duration nextLook;

    /**
     * @param named guests' main processes and helpers: killed before the process table is read
     */
    Sweep(ProcessIdentity guard, String machine, Collection<ProcessIdentity> named, Duration now) {
        this.guard = guard;
        this.machine = machine;
        this.named = List.copyOf(named);
        this.nextLook = now;
    }

    Duration nextLook() {
        return nextLook;
    }

    Set<ProcessIdentity> killed() {
        return killed;
    }

    /**
     * Kills whatever is there.
     *
     * @return whether nothing was, which is proven if no start is under way
     */
    boolean look(Duration now) {
        looks++;
        nextLook = now.plus(FIRST_PAUSE.multipliedBy(Math.min(looks, LONGEST_PAUSE_FACTOR)));
        boolean found = false;
        for (ProcessIdentity process : named) {
            ProcessEntry entry = ProcessEntry.read(process.pid());
            found |= entry != null && entry.identity().equals(process) && kill(entry);
        }
        ProcessTable table = ProcessTable.read();
        for (ProcessEntry entry : table.descendantsOf(guard.pid())) {
            found |= kill(entry);
        }
        for (ProcessEntry entry : table.all()) {
            found |= carriesMarker(entry) && kill(entry);
        }
        return !found && ChildWatch.noneLeft();
    }

    private boolean kill(ProcessEntry entry) {
        if (!entry.isAlive()) {
            return false;
        }
        if (entry.identity().kill()) {
            killed.add(entry.identity());
        }
        return true;
    }

    private boolean carriesMarker(ProcessEntry entry) {
        boolean ours = entry.pid() == guard.pid() || entry.pid() == NativeCalls.parentPid();
        return !ours && entry.isAlive() && Markers.guestOn(machine, entry.pid()).isPresent();
    }
}
