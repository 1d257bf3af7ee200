package dev.holdfast.encoding.input;

import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.message.FenceReport;
import dev.holdfast.core.message.GuestReport;
import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.message.Lapsed;
import dev.holdfast.core.message.NodeMessage;
import dev.holdfast.core.message.OperatorCommand;
import dev.holdfast.core.message.ReplicaReport;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What a record cannot say, though its bytes can: something about another entity than its key names, or a clock
 * that runs backwards out of every range. Such a record must not reach the arithmetic of evidence.
 *
 * @param found what stands there
 */
record Impossible(String field, String found, String reason) {

    private static final Duration LONGEST = Duration.ofDays(100 * 365);

    /** The first impossible thing in the record; empty if there is none. */
    static Optional<Impossible> in(String key, Record body) {
        String named = keyOf(body);
        if (named != null && !named.equals(key)) {
            return Optional.of(new Impossible("key", "'" + key + "'", "but the record is about '" + named + "'"));
        }
        return switch (body) {
            case Heartbeat beat -> inBeat(beat);
            case Lapsed lapsed -> clock("at", lapsed.at());
            case GuestReport report -> clock("at", report.at());
            case ReplicaReport.SnapshotTaken taken -> clock("snapshot.takenAt", taken.snapshot().takenAt());
            case ReplicaReport.Replicated replicated -> clock("snapshot.takenAt", replicated.snapshot().takenAt());
            default -> Optional.empty();
        };
    }

    /** The entity that the record's key must name; null if the decision maker itself answers for it. */
    private static String keyOf(Record body) {
        return switch (body) {
            case NodeMessage message -> message.node();
            case ClusterSettings settings -> "cluster";
            case OperatorCommand command -> command.request().target();
            case GuestReport report -> report.guest();
            case FenceReport report -> report.node();
            case ReplicaReport report -> report.guest();
            default -> null;
        };
    }

    private static Optional<Impossible> inBeat(Heartbeat beat) {
        if (beat.seq() < 1) {
            return Optional.of(new Impossible("seq", String.valueOf(beat.seq()), "beats are counted from 1"));
        }
        Optional<Impossible> own = clock("sentAt", beat.sentAt())
                .or(() -> clock("lease", beat.lease()))
                .or(() -> clock("wd", beat.wd()));
        for (Map.Entry<String, Heartbeat.Seen> seen : beat.seen().entrySet()) {
            own = own.or(() -> isClock(seen.getValue().seenAt())
                    ? Optional.empty()
                    : clock("seen[" + seen.getKey() + "].seenAt", seen.getValue().seenAt()));
        }
        return own;
    }

    private static Optional<Impossible> clock(String field, Duration reading) {
        return isClock(reading)
                ? Optional.empty()
                : Optional.of(new Impossible(field, reading.toString(), "it must be from 0 s to 100 years"));
    }

    private static boolean isClock(Duration reading) {
        return !reading.isNegative() && reading.compareTo(LONGEST) <= 0;
    }
}
