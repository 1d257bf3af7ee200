package dev.holdfast.cli.drill;

import dev.holdfast.cli.output.Span;
import dev.holdfast.cli.read.ClusterAccess;
import dev.holdfast.cli.read.Occurrence;
import dev.holdfast.cli.read.Timeline;
import dev.holdfast.core.event.GuestEvent.GuestRecovered;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/** How long an outage is likely to be: as long as the last one of its kind, where the newest events tell of one. */
final class Expected {

    private static final long EVENTS = 2_000;

    private Expected() {}

    static String ofMove(ClusterAccess access, String guest) {
        return last(access, guest, recovered -> recovered.fence() == null && recovered.promoted() != null)
                .map(outage -> "of about " + Span.of(outage) + ", as the last one")
                .orElse("of some seconds");
    }

    /** @param fenced T: before that nothing can be recovered */
    static String ofPull(ClusterAccess access, String guest, Duration fenced) {
        return last(access, guest, recovered -> recovered.fence() != null)
                .map(outage -> "about " + Span.of(outage) + ", as the last time")
                .orElse("some seconds more than " + Span.of(fenced));
    }

    private static Optional<Duration> last(ClusterAccess access, String guest, Predicate<GuestRecovered> kind) {
        Duration[] newest = {null};
        try (Timeline timeline = Timeline.fromLast(access, EVENTS)) {
            for (Occurrence occurrence : timeline.readToEnd()) {
                if (occurrence instanceof Occurrence.Decided decided
                        && decided.decision().event() instanceof GuestRecovered recovered
                        && recovered.guest().equals(guest) && kind.test(recovered)) {
                    newest[0] = recovered.outage();
                }
            }
        }
        return Optional.ofNullable(newest[0]);
    }
}
