package dev.holdfast.core.state;

import dev.holdfast.core.guest.GuestSpec;
import dev.holdfast.core.guest.RequestedState;
import dev.holdfast.core.message.Snapshot;
import dev.holdfast.core.node.Runner;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A guest as the log shows it.
 *
 * @param requested what its owner wants now: the specification's word, or a later command's
 * @param removing to be forgotten as soon as nothing can run it
 * @param runners P(guest): everything that may be running it (rule R8)
 * @param discharged the last runners discharged by their own node's report, newest last, at most eight
 * @param lastWriter null until it was started for the first time
 * @param replicas per node the newest complete snapshot it reported (soft state)
 * @param liveCopies nodes that hold a live volume of it, made by a start or a promotion
 * @param promotedFrom id of the snapshot that was promoted last; null if none ever was
 * @param asideAsked per node the incarnation that was asked to set its volume aside
 * @param move the move under way; null for none
 * @param finalSnapshot the snapshot of the stopped volume, since its last stop; null if there is none
 * @param handFailures failed attempts to send the last increment of the present move
 * @param outage the outage under way; null for none
 * @param waiting why it does not run though it should; null if it need not wait
 * @param lossAccepted a person accepted the loss of the next promotion
 * @param replication how its volume is being copied, and what diverged
 */
public record GuestState(
        String name,
        GuestSpec spec,
        RequestedState requested,
        boolean removing,
        GuestPhase phase,
        List<Runner> runners,
        List<Discharged> discharged,
        LastWriter lastWriter,
        Map<String, Snapshot> replicas,
        Collection<String> liveCopies,
        String promotedFrom,
        Map<String, String> asideAsked,
        Move move,
        Snapshot finalSnapshot,
        int handFailures,
        Attempts attempts,
        Outage outage,
        Waiting waiting,
        boolean lossAccepted,
        Replication replication) {

    static final int DISCHARGED_KEPT = 8;

    /** A GuestWaiting in force. */
    public record Waiting(String reason, List<String> refused) {
        public Waiting {
            refused = List.copyOf(refused);
        }
    }

    public GuestState {
        runners = List.copyOf(runners);
        discharged = List.copyOf(discharged);
        replicas = Sorted.map(replicas);
        liveCopies = Sorted.set(liveCopies);
        asideAsked = Sorted.map(asideAsked);
    }

    static GuestState declared(GuestSpec spec) {
        return new GuestState(
                spec.name(), spec, spec.requestedState(), false, new GuestPhase.Idle(), List.of(), List.of(), null,
                Map.of(), Set.of(), null, Map.of(), null, null, 0, Attempts.NONE, null, null, false,
                Replication.NONE);
    }

    /** Whether the guest should be running. */
    public boolean isWanted() {
        return requested == RequestedState.STARTED && !removing && !(phase instanceof GuestPhase.Errored);
    }

    /** Whether any incarnation of that node may be running it. */
    public boolean mayRunOn(String node) {
        return runners.stream().anyMatch(runner -> runner.node().equals(node));
    }

    GuestEdit edit() {
        return new GuestEdit(this);
    }
}
