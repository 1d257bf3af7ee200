package dev.holdfast.cli.command;

import dev.holdfast.cli.Failure;
import dev.holdfast.cli.read.ClusterAccess;
import dev.holdfast.cli.read.LastBeats;
import dev.holdfast.cli.read.Occurrence;
import dev.holdfast.cli.read.StateReader;
import dev.holdfast.cli.read.Timeline;
import dev.holdfast.core.event.GuestEvent.GuestRecovered;
import java.util.HashMap;
import java.util.Map;

/** Puts together what status shows, from the published state, the end of the heartbeat log and the newest events. */
final class OverviewReader {

    private static final long EVENTS = 500;

    private OverviewReader() {}

    static Overview read(ClusterAccess access) {
        var present = new StateReader(access)
                .read()
                .orElseThrow(() -> Failure.noAnswer("the cluster has not decided anything yet: its quorum service is "
                        + "still starting. Try again in a few seconds; the logs are in the node folders"));
        return new Overview(present.state(), LastBeats.read(access), lastOutages(access));
    }

    private static Map<String, GuestRecovered> lastOutages(ClusterAccess access) {
        Map<String, GuestRecovered> newest = new HashMap<>();
        try (Timeline timeline = Timeline.fromLast(access, EVENTS)) {
            for (Occurrence occurrence : timeline.readToEnd()) {
                if (occurrence instanceof Occurrence.Decided decided
                        && decided.decision().event() instanceof GuestRecovered recovered) {
                    newest.put(recovered.guest(), recovered);
                }
            }
        }
        return newest;
    }
}
