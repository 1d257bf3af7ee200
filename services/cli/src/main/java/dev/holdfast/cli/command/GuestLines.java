package dev.holdfast.cli.command;

import dev.holdfast.cli.output.Fields;
import dev.holdfast.cli.output.Listing;
import dev.holdfast.cli.output.Span;
import dev.holdfast.core.event.GuestEvent.GuestRecovered;
import dev.holdfast.core.guest.RequestedState;
import dev.holdfast.core.message.Snapshot;
import dev.holdfast.core.state.GuestPhase;
import dev.holdfast.core.state.GuestState;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Guests as the log shows them. */
final class GuestLines {

    private GuestLines() {}

    static Listing<GuestState> listing(Overview overview) {
        return new Listing<GuestState>(guest -> fields(overview, guest))
                .column("GUEST", GuestState::name)
                .column("PHASE", guest -> GuestPlace.of(guest).phase())
                .column("NODE", guest -> GuestPlace.of(guest).node())
                .column("EPOCH", guest -> text(GuestPlace.of(guest).epoch()))
                .column("ANSWERS", guest -> answers(GuestPlace.of(guest).answering()))
                .column("ADDRESS", GuestLines::address)
                .column("RPO", guest -> overview.recoveryPoint(guest).map(Span::of).orElse(null))
                .column("REPLICAS", guest -> replicas(overview, guest))
                .column("LAST OUTAGE", guest -> outage(overview.lastOutages().get(guest.name())))
                .column("NOTE", GuestLines::note);
    }

    private static String address(GuestState guest) {
        String own = guest.spec().address();
        return (own == null ? "its node" : own) + ":" + guest.spec().port();
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }

    private static String answers(Boolean answering) {
        return answering == null ? null : answering ? "yes" : "NO";
    }

    private static String replicas(Overview overview, GuestState guest) {
        return guest.replicas().entrySet().stream()
                .map(replica -> replica.getKey() + " " + age(overview, replica.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String age(Overview overview, Snapshot snapshot) {
        return overview.age(snapshot).map(Span::of).orElse("epoch " + snapshot.epoch() + " no. " + snapshot.sequence());
    }

    private static String outage(GuestRecovered recovered) {
        return recovered == null ? null : Span.of(recovered.outage()) + ", lost " + Span.of(recovered.dataLoss());
    }

    private static String note(GuestState guest) {
        if (guest.phase() instanceof GuestPhase.Errored errored) {
            return errored.reason();
        }
        if (guest.waiting() != null) {
            return guest.waiting().reason() + refused(guest.waiting().refused());
        }
        if (guest.replication().isPaused()) {
            return CopyLines.paused(guest.replication().hold()) + ", RPO grows";
        }
        boolean ignored = guest.requested() == RequestedState.IGNORED;
        if (guest.removing()) {
            return ignored ? "left alone, forgotten once it has ended" : "being removed";
        }
        return ignored ? "ignored" : null;
    }

    private static String refused(List<String> refused) {
        return refused.isEmpty() ? "" : " (" + String.join("; ", refused) + ")";
    }

    static Fields fields(Overview overview, GuestState guest) {
        GuestPlace place = GuestPlace.of(guest);
        return Fields.of("guest", guest.name())
                .and("phase", place.phase())
                .and("requested", guest.requested())
                .and("removing", guest.removing())
                .and("node", place.node())
                .and("epoch", place.epoch())
                .and("answering", place.answering())
                .and("address", guest.spec().address())
                .and("port", guest.spec().port())
                .and("possibleRunners", guest.runners().stream().map(Object::toString).toList())
                .and("lastWriter", guest.lastWriter() == null ? null : guest.lastWriter().node())
                .and("replicas", guest.replicas().entrySet().stream()
                        .map(replica -> replica(overview, replica))
                        .toList())
                .and("rpoMs", overview.recoveryPoint(guest).orElse(null))
                .and("replicationPaused", guest.replication().isPaused())
                .and("waiting", guest.waiting() == null ? null : guest.waiting().reason())
                .and("refused", guest.waiting() == null ? List.of() : guest.waiting().refused())
                .and("error", guest.phase() instanceof GuestPhase.Errored errored ? errored.reason() : null)
                .and("lastOutage", outageFields(overview.lastOutages().get(guest.name())));
    }

    private static Fields replica(Overview overview, Map.Entry<String, Snapshot> replica) {
        return Fields.of("node", replica.getKey())
                .and("epoch", replica.getValue().epoch())
                .and("sequence", replica.getValue().sequence())
                .and("ageMs", overview.age(replica.getValue()).orElse(null));
    }

    private static Fields outageFields(GuestRecovered recovered) {
        return recovered == null
                ? null
                : Fields.of("outageMs", recovered.outage())
                        .and("suspectedMs", recovered.suspected())
                        .and("fencedMs", recovered.fenced())
                        .and("promotedMs", recovered.promoted())
                        .and("startedMs", recovered.started())
                        .and("dataLossMs", recovered.dataLoss())
                        .and("fence", recovered.fence())
                        .and("node", recovered.node());
    }
}
