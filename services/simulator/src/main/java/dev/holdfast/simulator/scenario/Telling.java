package dev.holdfast.simulator.scenario;

import dev.holdfast.core.event.ClusterEvent;
import dev.holdfast.core.event.Decision;
import dev.holdfast.core.event.Event;
import dev.holdfast.core.event.Evidence;
import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.event.NodeEvent;
import dev.holdfast.core.message.Lapsed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What happened, in one line each for somebody who wants to know how a cluster behaves: without offsets, epochs and
 * steps on the way, and with times to a tenth of a second. Kinds of events that are not named here tell their summary.
 */
public final class Telling {

    private static final Pattern MILLIS = Pattern.compile("\\b(\\d{3,}) ms\\b");

    private Telling() {}

    /** The line for it; empty for what is only a step on the way to something that is told. */
    public static Optional<String> of(Happening happening) {
        return switch (happening) {
            case Happening.Decided(Duration at, Decision decision) -> of(decision);
            case Happening.Ended(Duration at, var run) -> Optional.of(run.guest() + " ends on " + run.node());
            case Happening.Began began -> Optional.empty();
        };
    }

    /** The line for a decision; empty for what is only a step on the way to something that is told. */
    public static Optional<String> of(Decision decision) {
        return Optional.ofNullable(switch (decision.event()) {
            case NodeEvent node -> aboutNode(node, decision.cause().evidence());
            case GuestEvent guest -> aboutGuest(guest);
            case ClusterEvent.SettingsApplied applied -> null;
            case ClusterEvent cluster -> summary(cluster);
        });
    }

    private static String aboutNode(NodeEvent event, List<Evidence> evidence) {
        return switch (event) {
            case NodeEvent.NodeJoined joined -> joined.node() + " joins as " + joined.incarnation();
            case NodeEvent.NodeLapsed lapsed -> lapsed.node() + (lapsed.reason() == Lapsed.Reason.STOPPED
                    ? " is stopped"
                    : " lapses: " + lapsed.detail());
            case NodeEvent.NodeSuspected suspected -> suspected.node() + " is suspect";
            case NodeEvent.SuspicionCleared cleared -> cleared.node() + " beats again";
            case NodeEvent.NodeDraining draining -> draining.node() + " gives its guests away";
            case NodeEvent.NodeFenced fenced -> fenced.node() + " is fenced: " + (evidence.isEmpty()
                    ? fenced.proof()
                    : witnesses(evidence) + " prove " + tenths(least(evidence)) + " of silence");
            default -> summary(event);
        };
    }

    private static String witnesses(List<Evidence> evidence) {
        return String.join(" and ", evidence.stream().map(Evidence::witness).toList());
    }

    private static Duration least(List<Evidence> evidence) {
        return evidence.stream().map(Evidence::proven).min(Duration::compareTo).orElseThrow();
    }

    private static String aboutGuest(GuestEvent event) {
        String guest = event.guest();
        return switch (event) {
            // The answer to the command that asked for it is told.
            case GuestEvent.GuestDeclared declared -> null;
            case GuestEvent.GuestRequested requested -> null;
            case GuestEvent.GuestRemoving removing -> null;
            case GuestEvent.ErrorCleared cleared -> null;
            case GuestEvent.LossAccepted accepted -> null;
            case GuestEvent.ReplicationPaused paused -> null;
            case GuestEvent.ReplicationResumed resumed -> null;
            // What comes of the order is told.
            case GuestEvent.GuestOrder order -> null;
            case GuestEvent.FinalSnapshotKnown known -> null;
            case GuestEvent.PromotionCompleted promoted ->
                guest + "'s replica on " + promoted.node() + " is promoted, " + loss(promoted.dataLoss());
            case GuestEvent.StartConfirmed started -> guest + " starts on " + started.runner().node();
            case GuestEvent.RunnerDischarged discharged -> switch (discharged.ending()) {
                case FAILED -> guest + " failed on " + discharged.runner().node();
                case REFUSED -> summary(discharged);
                case ASKED, LOST -> null;
            };
            case GuestEvent.GuestAnswering answering -> guest + " answers on " + answering.node();
            case GuestEvent.GuestUnanswering silent -> guest + " does not answer on " + silent.node();
            case GuestEvent.GuestRecovered receipt -> guest + " is recovered on " + receipt.node() + " after "
                    + tenths(receipt.outage()) + " of log time, " + loss(receipt.dataLoss());
            case GuestEvent.VolumeSetAside aside -> guest + "'s volume on " + aside.node() + (aside.aside().isEmpty()
                    ? " is superseded and held nothing of its own"
                    : " is set aside, and what diverged is kept");
            default -> summary(event);
        };
    }

    private static String loss(Duration loss) {
        if (loss == null) {
            return "data loss window unknown";
        }
        return loss.isZero() ? "nothing is lost" : "data loss window " + tenths(loss);
    }

    private static String summary(Event event) {
        return MILLIS.matcher(event.summary())
                .replaceAll(found -> Matcher.quoteReplacement(tenths(Duration.ofMillis(Long.parseLong(found.group(1))))));
    }

    /** {@code 11.4 s} */
    static String tenths(Duration duration) {
        long tenths = Math.round(duration.toNanos() / 1e8);
        return tenths / 10 + "." + tenths % 10 + " s";
    }
}
