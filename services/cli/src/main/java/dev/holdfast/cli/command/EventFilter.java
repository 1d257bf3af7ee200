package dev.holdfast.cli.command;

import dev.holdfast.cli.read.Occurrence;
import dev.holdfast.core.event.ClusterEvent;
import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.event.NodeEvent;
import dev.holdfast.core.message.OperatorCommand.NodeRequest;
import java.time.Instant;
import java.util.function.Predicate;

/**
 * Which lines of the timeline are wanted. A node and a guest may have the same name, so it is asked for one or the other.
 *
 * @param guest null for no matter which
 * @param node null for no matter which
 */
record EventFilter(String guest, String node, Instant since) implements Predicate<Occurrence> {

    @Override
    public boolean test(Occurrence occurrence) {
        boolean wanted = guest == null && node == null
                || guest != null && isAboutGuest(occurrence) && occurrence.entity().equals(guest)
                || node != null && isAboutNode(occurrence) && occurrence.entity().equals(node);
        return wanted && !occurrence.at().isBefore(since);
    }

    private static boolean isAboutGuest(Occurrence occurrence) {
        return switch (occurrence) {
            case Occurrence.Asked asked ->
                !(asked.command().request() instanceof NodeRequest);
            case Occurrence.Decided decided -> switch (decided.decision().event()) {
                case GuestEvent about -> true;
                case NodeEvent other -> false;
                // An answer names its target, whichever it is.
                case ClusterEvent cluster -> cluster instanceof ClusterEvent.CommandAnswered;
            };
        };
    }

    private static boolean isAboutNode(Occurrence occurrence) {
        return switch (occurrence) {
            case Occurrence.Asked asked -> !isAboutGuest(asked);
            case Occurrence.Decided decided -> switch (decided.decision().event()) {
                case NodeEvent about -> true;
                case GuestEvent other -> false;
                case ClusterEvent cluster -> cluster instanceof ClusterEvent.CommandAnswered;
            };
        };
    }
}
