package dev.holdfast.cli.command;

import dev.holdfast.cli.output.Fields;
import dev.holdfast.cli.output.Span;
import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.state.ClusterState;
import java.util.ArrayList;
import java.util.List;

/** The cluster as a whole, for people and programs. */
final class ClusterLines {

    private ClusterLines() {}

    static List<String> text(String name, ClusterState state) {
        List<String> lines = new ArrayList<>();
        ClusterSettings settings = state.settings();
        lines.add("Cluster " + name + (settings == null
                ? ": no settings yet"
                : ": " + state.liveVoters() + " of " + settings.voters().size() + " voters live, profile "
                        + settings.timing().profile() + " (fenced after "
                        + Span.of(settings.timing().silenceUntilFenced()) + "), settings v" + settings.version()
                        + ", log offset " + state.logOffset() + ", " + state.decisions() + " decisions"));
        if (state.frozen() != null) {
            lines.add("FROZEN, nothing is started: " + state.frozen().reason());
        }
        if (state.suspended()) {
            lines.add("SUSPENDED, nothing is started or moved: fewer than a majority of the voters are live");
        }
        if (state.coldStart() != null && state.coldStart().noticed()) {
            lines.add("COLD START: the last writer of each guest is waited for; back are "
                    + String.join(", ", state.coldStart().returned()));
        }
        state.guests().values().stream()
                .filter(guest -> guest.replication().isPaused())
                .map(guest -> "NOT COPIED: " + guest.name() + ", " + CopyLines.paused(guest.replication().hold())
                        + "; a failover would lose everything since its last copy")
                .forEach(lines::add);
        return lines;
    }

    static Fields fields(String name, ClusterState state) {
        ClusterSettings settings = state.settings();
        return Fields.of("name", name)
                .and("voters", settings == null ? List.of() : settings.voters())
                .and("liveVoters", settings == null ? 0 : state.liveVoters())
                .and("profile", settings == null ? null : settings.timing().profile())
                .and("settingsVersion", settings == null ? null : settings.version())
                .and("frozen", state.frozen() == null ? null : state.frozen().reason())
                .and("suspended", state.suspended())
                .and("coldStart", state.coldStart() != null && state.coldStart().noticed())
                .and("logOffset", state.logOffset())
                .and("decisions", state.decisions());
    }
}
