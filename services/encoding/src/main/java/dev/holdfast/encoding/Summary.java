package dev.holdfast.encoding;

import dev.holdfast.core.event.Decision;
import dev.holdfast.core.event.Event;
import dev.holdfast.core.message.Message;
import dev.holdfast.core.state.ClusterView;
import dev.holdfast.core.state.GuestPhase;
import dev.holdfast.core.state.GuestState;
import dev.holdfast.core.state.NodeState;
import dev.holdfast.core.state.Progress;
import java.util.Locale;

/** The one line that stands first in every value. */
final class Summary {

    private static final int LONGEST = 1_000;

    private Summary() {}

    /**
     * @throws IllegalArgumentException if no topic of ours carries such a record
     */
    static String of(Record body) {
        String text = text(body).replaceAll("\\s+", " ").strip();
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    private static String text(Record body) {
        return switch (body) {
            case Message message -> message.summary();
            case Event event -> event.summary();
            case Decision decision -> decision.event().summary();
            case ClusterView cluster -> text(cluster);
            case Progress progress ->
                "consumed the heartbeat log up to " + (progress.nextOffset() - 1) + ", decided " + progress.decisions();
            case NodeState node -> text(node);
            case GuestState guest -> text(guest);
            default -> throw new IllegalArgumentException(
                    body.getClass().getName() + " is carried by no topic of Holdfast");
        };
    }

    private static String text(ClusterView cluster) {
        return "cluster"
                + (cluster.settings() == null ? " without settings" : ", settings v" + cluster.settings().version())
                + (cluster.suspended() ? ", decisions suspended" : "")
                + (cluster.frozen() == null ? "" : ", frozen: " + cluster.frozen().reason())
                + (cluster.coldStart() == null ? "" : ", cold start");
    }

    private static String text(NodeState node) {
        return node.name() + (node.incarnation() == null ? "" : "/" + node.incarnation()) + " "
                + node.liveness().name().toLowerCase(Locale.ROOT)
                + (node.whyNoGuests() == null ? "" : ", " + node.whyNoGuests());
    }

    private static String text(GuestState guest) {
        return guest.name() + " "
                + switch (guest.phase()) {
                    case GuestPhase.Idle idle -> "idle";
                    case GuestPhase.Promoting promoting -> "promoting on " + promoting.node();
                    case GuestPhase.Promoted promoted -> "promoted on " + promoted.node();
                    case GuestPhase.Starting starting -> "starting on " + starting.runner().node();
                    case GuestPhase.Running running ->
                        "running on " + running.runner().node() + (running.answering() ? "" : ", not answering");
                    case GuestPhase.Stopping stopping -> "stopping on " + stopping.runner().node();
                    case GuestPhase.Handing handing -> "moving from " + handing.source() + " to " + handing.target();
                    case GuestPhase.Errored errored -> "in error: " + errored.reason();
                }
                + (guest.waiting() == null ? "" : ", waits: " + guest.waiting().reason());
    }
}
