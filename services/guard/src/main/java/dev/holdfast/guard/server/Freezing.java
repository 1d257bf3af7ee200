package dev.holdfast.guard.server;

import dev.holdfast.guard.process.NativeCalls;
import dev.holdfast.guard.process.ProcessEntry;
import dev.holdfast.guard.process.ProcessIdentity;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Brings processes to a stand, look by look, and remembers which ones it stopped. */
final class Freezing {

    /** A process forked during one look may be missing from it; a parent that stood during a look cannot fork. */
    private static final int PROOF_LOOKS = 2;

    private final Set<ProcessIdentity> stopped = new HashSet<>();
    private int standingLooks;

    /**
     * Stops whoever does not stand yet.
     *
     * @param complete whether {@code members} are all there are
     * @return whether everything stands still, which is proven
     */
    boolean look(List<ProcessEntry> members, boolean complete) {
        boolean standing = complete;
        for (ProcessEntry member : members) {
            if (!member.isStopped()) {
                standing = false;
                if (member.isUninterruptible() && stopped.contains(member.identity())) {
                    letChildrenOn(member, members);
                } else {
                    stop(member);
                }
            } else {
                standing &= member.standsStill();
            }
        }
        standingLooks = standing ? standingLooks + 1 : 0;
        return standingLooks >= PROOF_LOOKS;
    }

    /** Lets everything run on that was stopped here; what somebody else had stopped before stays so. */
    void undo() {
        for (ProcessIdentity process : stopped) {
            NativeCalls.signal(process, NativeCalls.SIGCONT);
        }
    }

    private void stop(ProcessEntry member) {
        NativeCalls.signal(member.identity(), NativeCalls.SIGSTOP);
        stopped.add(member.identity());
    }

    /** A parent in vfork() takes its stop signal only when its child has executed its program: the child must go on. */
    private void letChildrenOn(ProcessEntry parent, List<ProcessEntry> members) {
        for (ProcessEntry child : members) {
            if (child.parent() == parent.pid() && stopped.contains(child.identity())) {
                NativeCalls.signal(child.identity(), NativeCalls.SIGCONT);
            }
        }
    }
}
