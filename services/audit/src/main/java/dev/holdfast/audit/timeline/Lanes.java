package dev.holdfast.audit.timeline;

import dev.holdfast.audit.fold.Past;
import dev.holdfast.core.event.ClusterEvent;
import dev.holdfast.core.event.Event;
import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.event.JournalEntry.JournalDecision;
import dev.holdfast.core.event.NodeEvent;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.GuestPhase;
import dev.holdfast.core.state.GuestState;
import dev.holdfast.core.state.NodeState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Lanes of nodes and guests between two moments. Time is the wall clock of whoever wrote the records that were decided
 * on, made to go forward: for people only.
 *
 * @param from first moment shown
 * @param to last moment shown
 * @param lanes nodes first, then guests, each by name
 * @param marks what was decided, in order
 */
public record Lanes(Instant from, Instant to, List<Lane> lanes, List<Mark> marks) {

    /** How a span looks and what it means. */
    public enum Kind {
        /** A node beats, or a guest answers. */
        WELL,
        /** A node is suspect, or a guest is on its way or does not answer. */
        UNCERTAIN,
        /** A node is fenced or lapsed, or a guest that should run does not. */
        DOWN,
        /** Stopped in an orderly way, or not there. */
        OFF
    }

    /** A time during which nothing changed in a lane. */
    public record Span(Instant from, Instant to, Kind kind, String says) {}

    /** The spans of one node or guest, in order. */
    public record Lane(String name, boolean guest, List<Span> spans) {}

    /**
     * One decision.
     *
     * @param entity the node or guest it is about, or {@code cluster}
     */
    public record Mark(Instant at, long sequence, long entry, String entity, String rule, String summary) {}

    /** Reads a past. */
    public static Lanes of(Past past, Instant from, Instant to, Predicate<String> wanted) {
        Reading reading = new Reading(from, to, wanted);
        while (past.hasNext() && !past.peek().recordedAt().isAfter(to)) {
            reading.take(past.next());
        }
        return reading.done();
    }

    /** What is known while reading. */
    private static final class Reading {

        private final Instant from;
        private final Instant to;
        private final Predicate<String> wanted;
        private final Map<String, List<Span>> nodes = new TreeMap<>();
        private final Map<String, List<Span>> guests = new TreeMap<>();
        private final Map<String, Span> open = new LinkedHashMap<>();
        private final List<Mark> marks = new ArrayList<>();
        private Instant begun;
        private Instant now = Instant.EPOCH;

        Reading(Instant from, Instant to, Predicate<String> wanted) {
            this.from = from;
            this.to = to;
            this.wanted = wanted;
        }

        void take(Past.Turn turn) {
            now = turn.recordedAt().isAfter(now) ? turn.recordedAt() : now;
            if (now.isBefore(from)) {
                begun = from;
                states(turn.after());
                return;
            }
            begun = begun == null ? now : begun;
            for (JournalDecision decided : turn.decisions()) {
                mark(decided);
            }
            states(turn.after());
        }

        private void mark(JournalDecision decided) {
            Event event = decided.decision().event();
            String entity = event.entity();
            if (isNews(event) && (wanted.test(entity) || entity.equals("cluster"))) {
                marks.add(new Mark(
                        now, decided.decision().sequence(), decided.entry(), entity,
                        decided.decision().cause().rule().name(), event.summary()));
            }
        }

        private static boolean isNews(Event event) {
            return !(event instanceof ClusterEvent.RecordRefused) && !(event instanceof NodeEvent.BeatRefused)
                    && !(event instanceof GuestEvent.ReplicateNow);
        }

        private void states(ClusterState state) {
            state.nodes().values().stream().filter(node -> wanted.test(node.name()))
                    .forEach(node -> span(nodes, "node/", node.name(), kind(node), says(node)));
            state.guests().values().stream().filter(guest -> wanted.test(guest.name()))
                    .forEach(guest -> span(guests, "guest/", guest.name(), kind(state, guest), says(state, guest)));
            guests.keySet().stream()
                    .filter(name -> !state.guests().containsKey(name))
                    .forEach(name -> span(guests, "guest/", name, Kind.OFF, "removed"));
        }

        private void span(Map<String, List<Span>> lanes, String prefix, String name, Kind kind, String says) {
            List<Span> spans = lanes.computeIfAbsent(name, unused -> new ArrayList<>());
            Span current = open.get(prefix + name);
            if (current != null && current.kind() == kind && current.says().equals(says)) {
                return;
            }
            close(spans, current);
            open.put(prefix + name, new Span(now, now, kind, says));
        }

        private void close(List<Span> spans, Span current) {
            Instant start = current == null ? null : later(current.from(), from);
            if (current != null && start.isBefore(now)) {
                spans.add(new Span(start, now, current.kind(), current.says()));
            }
        }

        private static Instant later(Instant one, Instant other) {
            return one.isAfter(other) ? one : other;
        }

        Lanes done() {
            List<Lane> lanes = new ArrayList<>();
            nodes.forEach((name, spans) -> lanes.add(lane("node/", name, false, spans)));
            guests.forEach((name, spans) -> lanes.add(lane("guest/", name, true, spans)));
            return new Lanes(begun == null ? now : begun, now.isAfter(to) ? to : now, lanes, marks);
        }

        private Lane lane(String prefix, String name, boolean guest, List<Span> spans) {
            close(spans, open.get(prefix + name));
            return new Lane(name, guest, List.copyOf(spans));
        }

        private static Kind kind(NodeState node) {
            return switch (node.liveness()) {
                case LIVE -> Kind.WELL;
                case SUSPECT -> Kind.UNCERTAIN;
                case FENCED, LAPSED -> Kind.DOWN;
                case STOPPED, ABSENT -> Kind.OFF;
            };
        }

        private static String says(NodeState node) {
            return node.liveness().name().toLowerCase(java.util.Locale.ROOT)
                    + (node.whyNoGuests() == null ? "" : ", " + node.whyNoGuests());
        }

        /** What runs on a node of which nothing is heard may be dead already. */
        private static Kind kind(ClusterState state, GuestState guest) {
            if (!guest.isWanted()) {
                return Kind.OFF;
            }
            return switch (guest.phase()) {
                case GuestPhase.Running running -> running.answering() && isLive(state, running) ? Kind.WELL : Kind.UNCERTAIN;
                case GuestPhase.Idle idle -> Kind.DOWN;
                case GuestPhase.Errored errored -> Kind.DOWN;
                case GuestPhase.Promoting promoting -> Kind.UNCERTAIN;
                case GuestPhase.Promoted promoted -> Kind.UNCERTAIN;
                case GuestPhase.Starting starting -> Kind.UNCERTAIN;
                case GuestPhase.Stopping stopping -> Kind.UNCERTAIN;
                case GuestPhase.Handing handing -> Kind.UNCERTAIN;
            };
        }

        private static boolean isLive(ClusterState state, GuestPhase.Running running) {
            return state.node(running.runner().node()).isLive();
        }

        private static String says(ClusterState state, GuestState guest) {
            return switch (guest.phase()) {
                case GuestPhase.Running running -> running.runner().node()
                        + (!isLive(state, running) ? ", which is not live" : running.answering() ? "" : ", no answer");
                case GuestPhase.Idle idle -> guest.waiting() == null ? "idle" : "waits: " + guest.waiting().reason();
                case GuestPhase.Errored errored -> "error: " + errored.reason();
                case GuestPhase.Promoting promoting -> "promoting on " + promoting.node();
                case GuestPhase.Promoted promoted -> "promoted on " + promoted.node();
                case GuestPhase.Starting starting -> "starting on " + starting.runner().node();
                case GuestPhase.Stopping stopping -> "stopping on " + stopping.runner().node();
                case GuestPhase.Handing handing -> handing.source() + " to " + handing.target();
            };
        }
    }
}
